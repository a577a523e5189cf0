import { prompt, type Prompter, SecretError } from "@vaultlink/core/provider";

/** What requests are signed with. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they lapse; absent means never. */
  readonly expiration?: Date;
}

/** Credentials, and what is known of them besides. */
export interface Obtained {
  readonly credentials: AwsCredentials;
  /** Whose they are, where getting them told: an assumed role's session. */
  readonly arn?: string;
  /** The region of the profile they came from. */
  readonly region?: string;
  /** The command that gives new ones. */
  readonly hint: string;
  /** Whether asking again gives others: keys somewhere stay what they are until somebody changes them. */
  readonly renews: boolean;
  /** Whether a person had to help. */
  readonly person: boolean;
}

/** Where credentials come from. Throws a `SecretError` that names the command that helps. */
export type Source = (about: Asking) => Promise<Obtained>;

export interface Asking {
  readonly signal: AbortSignal;
  /** A person who may be asked; nobody while a session renews its credentials. */
  readonly prompter?: Prompter | undefined;
  /** The person, where a new sign-in was asked for: asked before what is found is taken. */
  readonly askFirst?: Prompter | undefined;
}

/** What the SDK found, without what it notes on it. Throws a `SyntaxError` for a lapse that is no date. */
export function plainCredentials({
  accessKeyId,
  secretAccessKey,
  sessionToken,
  expiration,
}: AwsCredentials): AwsCredentials {
  if (expiration !== undefined && Number.isNaN(expiration.getTime())) throw new SyntaxError("The lapse is no date.");
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }), ...(expiration && { expiration }) };
}

/** The code of an MFA device. Throws `unauthenticated` where nobody can be asked, or nothing was typed. */
export async function askCode(prompter: Prompter | undefined): Promise<string> {
  const code = await prompt(prompter, { label: "MFA code", secret: true });
  if (code !== undefined) return code;
  throw new SecretError("unauthenticated", "The credentials need an MFA code, and nobody can be asked for it.", {
    hint: "vaultlink reauth",
  });
}
