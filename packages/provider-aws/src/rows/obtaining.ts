import type { During, Row } from "./row.ts";

const during: readonly During[] = ["credentials"];

/**
 * Credentials that this machine could not produce. The SDK has one class for all of that, and often keeps of a cause
 * only its text: so these rows go by its words, as the pinned SDK was seen to say them.
 */
export const OBTAINING: readonly Row[] = [
  {
    during,
    says: ["requires multi-factor authentication"],
    code: "unauthenticated",
    message: "The credentials need an MFA code, and nobody can be asked for it.",
    mend: "vaultlink reauth",
  },
  {
    during,
    says: ["sso session", "sso token", "session token not found or invalid", "aws sso login"],
    code: "unauthenticated",
    message: "The AWS SSO session has expired, or nobody has signed in.",
    mend: true,
  },
  {
    during,
    says: ["aws login", "load token from", "load a token", "reauthenticate", "dpop"],
    code: "unauthenticated",
    message: "The AWS sign-in has expired, or nobody has signed in.",
    mend: true,
  },
  {
    during,
    says: ["credential_process", "command failed"],
    code: "unauthenticated",
    message: "The profile's credential_process gave no valid credentials.",
    mend: true,
  },
  {
    during,
    codes: ["ENOENT", "EACCES", "EISDIR"],
    code: "unauthenticated",
    message: "The file with the platform's token cannot be read.",
    mend: true,
  },
  {
    during,
    says: [
      "detected a cycle",
      "unsupported credential source",
      "conflicting sso",
      "missing required",
      "was not found",
      "could not be found",
    ],
    code: "invalid_config",
    message: "The profile in the AWS configuration files is wrong.",
    mend: "aws configure list",
  },
  {
    during,
    says: ["forbiddenexception"],
    code: "denied",
    message: "The AWS SSO portal does not give this person that role.",
  },
  {
    during,
    says: ["toomanyrequests", "throttl"],
    code: "throttled",
    message: "What gives the AWS credentials asks to slow down.",
  },
  {
    during,
    says: ["syntaxerror", "internalservererror", "serviceunavailable", "internalfailure", "responded with status: 5"],
    code: "unavailable",
    message: "What gives the AWS credentials did not answer properly.",
  },
];

/** After the rows about the network: what is left is that there are none. */
export const NOTHING_FOUND: readonly Row[] = [
  {
    during,
    names: ["CredentialsProviderError", "TokenProviderError", "ProviderError", "Error"],
    code: "unauthenticated",
    message: "There are no AWS credentials here, or they could not be loaded.",
    mend: true,
  },
];
