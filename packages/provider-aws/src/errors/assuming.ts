import type { AwsErrorRule, During } from "./error-rule.ts";

const GETTING: readonly During[] = ["role", "credentials", "lookup"];

/** What STS says of a role, a code or a platform's token. */
export const ASSUMING: readonly AwsErrorRule[] = [
  {
    during: GETTING,
    names: ["AccessDenied"],
    says: ["multifactorauthentication failed", "invalid mfa"],
    code: "unauthenticated",
    message: "AWS does not accept this MFA code.",
    hint: "vaultlink reauth",
  },
  {
    during: GETTING,
    names: ["AccessDenied"],
    code: "denied",
    message: "AWS does not let these credentials assume the role.",
    hint: "aws sts assume-role --role-arn <role> --role-session-name vaultlink",
  },
  {
    during: GETTING,
    names: ["InvalidIdentityToken", "IDPRejectedClaim"],
    code: "unauthenticated",
    message: "AWS does not accept the platform's token.",
    hint: true,
  },
  {
    names: ["IDPCommunicationError"],
    code: "unavailable",
    message: "AWS could not reach the platform that issued the token.",
  },
  { names: ["RegionDisabled"], code: "invalid_config", message: "STS is switched off in this region for the account." },
  {
    during: GETTING,
    names: ["ValidationError", "ValidationException", "MalformedPolicyDocument", "PackedPolicyTooLarge"],
    code: "invalid_config",
    message: "AWS refuses how the role is assumed: check its ARN, duration, session name and tags.",
  },
];
