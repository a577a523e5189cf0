import type { AwsErrorRule, During } from "./error-rule.ts";

const during: readonly During[] = ["lookup"];

/** Every status from 500. */
const FAILURES = Array.from({ length: 100 }, (_, index) => 500 + index);

/**
 * Credentials that this machine could not produce. The SDK has one class for all of that, and often keeps of a cause
 * only its text: so these rules go by where was looked, and by what was answered. Before all others, since the answer is
 * that of a portal or platform, not of Secrets Manager.
 */
export const OBTAINING: readonly AwsErrorRule[] = [
  {
    during,
    says: ["requires multi-factor authentication"],
    code: "unauthenticated",
    message: "The credentials need an MFA code, and nobody can be asked for it.",
    hint: "vaultlink reauth",
  },
  {
    during,
    names: ["ProgramFailed"],
    code: "unauthenticated",
    message: "The profile's credential_process gave no valid credentials.",
    hint: true,
  },
  { during, status: [429], code: "throttled", message: "What gives the AWS credentials asks to slow down." },
  {
    during,
    status: [200, ...FAILURES],
    code: "unavailable",
    message: "What gives the AWS credentials did not answer properly.",
  },
  {
    during,
    via: ["sso"],
    status: [403, 404],
    code: "denied",
    message: "The AWS SSO portal does not give this person that role.",
  },
  {
    during: ["lookup", "credentials"],
    via: ["web-identity"],
    codes: ["ENOENT", "EACCES", "EISDIR"],
    code: "unauthenticated",
    message: "The file with the platform's token cannot be read.",
    hint: true,
  },
  {
    during,
    status: [0],
    says: [
      "detected a cycle",
      "unsupported credential source",
      "conflicting sso",
      "with invalid sso credentials",
      "is missing required property",
      "in shared credentials file",
      "could not resolve credentials using profile",
    ],
    code: "invalid_config",
    message: "The profile in the AWS configuration files is wrong.",
    hint: "aws configure list",
  },
];

/** After the rules about the network: what is left is that there are none. */
export const NOTHING_FOUND: readonly AwsErrorRule[] = [
  {
    during,
    via: ["sso"],
    status: [0, 400, 401],
    code: "unauthenticated",
    message: "The AWS SSO session has expired, or nobody has signed in.",
    hint: true,
  },
  {
    during,
    via: ["login"],
    status: [0, 400, 401, 403],
    code: "unauthenticated",
    message: "The AWS sign-in has expired, or nobody has signed in.",
    hint: true,
  },
  {
    during: ["lookup", "credentials"],
    names: ["CredentialsProviderError", "TokenProviderError", "ProviderError", "Error"],
    code: "unauthenticated",
    message: "There are no AWS credentials here, or they could not be loaded.",
    hint: true,
  },
];
