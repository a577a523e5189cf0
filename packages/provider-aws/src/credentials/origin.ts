/** What sort of credentials were found, or at least looked for: it decides how they are mended. */
export type Via =
  | "keys"
  | "sso"
  | "login"
  | "process"
  | "web-identity"
  | "environment"
  | "container"
  | "instance"
  | "none";

/** Where credentials were looked for. */
export interface Origin {
  readonly via: Via;
  /** The profile that holds the first credentials, at the end of a chain of roles. */
  readonly profile?: string;
  /** Whether a person's code was needed. */
  readonly mfa: boolean;
}

/** The command that gives new credentials, for wherever they came from. */
export function hintOf({ via, profile }: Origin): string {
  const named = profile === undefined || profile === "default" ? "" : ` --profile ${shown(profile)}`;
  switch (via) {
    case "sso":
      return `aws sso login${named}`;
    case "login":
      return `aws login${named}`;
    case "keys":
      return `aws configure${named}`;
    case "process":
      return `aws configure export-credentials${named}`;
    case "environment":
      return EXPORT_KEYS;
    case "web-identity":
      return "check the platform's token: AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN";
    case "container":
      return "check the role of the task or pod: AWS_CONTAINER_CREDENTIALS_FULL_URI";
    case "instance":
      return "check the role of the instance";
    case "none":
      return "aws configure sso";
  }
}

export const EXPORT_KEYS = "export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… AWS_SESSION_TOKEN=…";

/** What asks a person again. */
export const REAUTHENTICATE = "vaultlink reauth";

/** A profile's name as a shell takes it; one that needs quotes is left to the reader. */
function shown(profile: string): string {
  return /^[\w.@+/-]{1,64}$/.test(profile) ? profile : "<profile>";
}
