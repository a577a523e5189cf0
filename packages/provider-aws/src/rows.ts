import type { ErrorCode } from "@vaultlink/core";
import type { Seen } from "./seen.ts";

/** What was being done when it failed: the same word of AWS means different things. */
export type During = "read" | "batch" | "list" | "role" | "credentials";

/** One kind of failure: when it is meant, and what we make of it. All conditions of a row must hold. */
export interface Row {
  readonly during?: readonly During[];
  /** Beginnings of the error's name. */
  readonly names?: readonly string[];
  readonly status?: readonly number[];
  /** Beginnings of Node's code. */
  readonly codes?: readonly string[];
  /** Only if the text contains one of these. */
  readonly says?: readonly string[];
  readonly code: ErrorCode;
  readonly message: string;
  /** `true`: the command that gives new credentials, which depends on where they came from. */
  readonly mend?: string | true;
  readonly reason?: string;
}

/** Names of AWS's errors are those of its two protocols: Secrets Manager's, and STS's, which are shorter. */
const SKEW = ["signature expired", "signature not yet current"];
const SIGNATURE = ["InvalidSignature", "SignatureDoesNotMatch", "RequestExpired", "RequestTimeTooSkewed"];

/**
 * Every failure we know; the first that fits counts. Sources: the models of Secrets Manager and STS, the vendor's common
 * errors (https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html), and, for failures that
 * never reach AWS, what the pinned SDK was seen to throw.
 */
export const ROWS: readonly Row[] = [
  // Whatever stands between us and AWS: the SDK could not parse an answer, so only its status tells.
  {
    names: ["SyntaxError"],
    status: [429],
    code: "throttled",
    message: "AWS, or a proxy before it, asks to slow down.",
  },
  {
    names: ["SyntaxError"],
    code: "unavailable",
    message: "The answer did not come from AWS, but from something in between.",
  },
  // Our credentials.
  {
    names: SIGNATURE,
    says: SKEW,
    code: "unavailable",
    message: "This machine's clock differs from AWS's.",
    reason: "clock-skew",
  },
  {
    names: ["RequestTimeTooSkewed"],
    code: "unavailable",
    message: "This machine's clock differs from AWS's.",
    reason: "clock-skew",
  },
  {
    names: ["ExpiredToken", "RequestExpired"],
    code: "unauthenticated",
    message: "The AWS credentials have expired.",
    mend: true,
  },
  {
    names: [
      "UnrecognizedClient",
      "InvalidClientTokenId",
      "InvalidAccessKeyId",
      "AuthFailure",
      "MissingAuthenticationToken",
      "IncompleteSignature",
    ],
    code: "unauthenticated",
    message: "AWS does not know these credentials, or they were revoked.",
    mend: true,
  },
  { names: SIGNATURE, code: "unauthenticated", message: "The AWS secret access key is wrong.", mend: true },
  {
    names: ["OptInRequired"],
    code: "unauthenticated",
    message: "This AWS account may not use the service in this region.",
  },
  {
    during: ["role", "credentials"],
    names: ["AccessDenied"],
    says: ["multifactorauthentication failed", "invalid mfa"],
    code: "unauthenticated",
    message: "AWS does not accept this MFA code.",
    mend: "vaultlink reauth",
  },
  {
    during: ["role", "credentials"],
    names: ["AccessDenied"],
    code: "denied",
    message: "AWS does not let these credentials assume the role.",
    mend: "aws sts assume-role --role-arn <role> --role-session-name vaultlink",
  },
  {
    during: ["role", "credentials"],
    names: ["InvalidIdentityToken", "IDPRejectedClaim"],
    code: "unauthenticated",
    message: "AWS does not accept the platform's token.",
    mend: true,
  },
  {
    names: ["IDPCommunicationError"],
    code: "unavailable",
    message: "AWS could not reach the platform that issued the token.",
  },
  { names: ["RegionDisabled"], code: "invalid_config", message: "STS is switched off in this region for the account." },
  {
    during: ["role", "credentials"],
    names: ["ValidationError", "ValidationException", "MalformedPolicyDocument", "PackedPolicyTooLarge"],
    code: "invalid_config",
    message: "AWS refuses how the role is assumed: check its ARN, duration, session name and tags.",
  },
  // The secret.
  {
    names: ["ResourceNotFound"],
    code: "not_found",
    message: "Secrets Manager has no such secret or version, or not for this identity.",
  },
  {
    during: ["batch"],
    names: ["AccessDenied"],
    code: "denied",
    message: "AWS does not let this identity read several secrets in one call.",
    mend: "allow secretsmanager:BatchGetSecretValue",
  },
  {
    during: ["list"],
    names: ["AccessDenied"],
    code: "denied",
    message: "AWS does not let this identity list secrets.",
    mend: "allow secretsmanager:ListSecrets",
  },
  {
    names: ["AccessDenied", "NotAuthorized"],
    says: ["kms"],
    code: "denied",
    message: "AWS does not let this identity use the key that encrypts the secret.",
    mend: "allow kms:Decrypt on the secret's key",
  },
  {
    names: ["AccessDenied", "NotAuthorized", "UnauthorizedOperation"],
    code: "denied",
    message: "AWS does not let this identity read the secret.",
    mend: "allow secretsmanager:GetSecretValue on the secret",
  },
  {
    names: ["InvalidRequest"],
    says: ["marked for deletion", "scheduled for deletion", "marked deleted"],
    code: "unusable",
    message: "The secret is scheduled for deletion.",
    mend: "aws secretsmanager restore-secret --secret-id <secret>",
    reason: "scheduled-for-deletion",
  },
  {
    names: ["InvalidRequest"],
    code: "unusable",
    message: "The secret is in a state in which it cannot be read.",
    reason: "wrong-state",
  },
  {
    names: ["DecryptionFailure", "KMS", "DisabledException", "InvalidKeyUsage", "KeyUnavailable"],
    code: "unusable",
    message: "AWS cannot decrypt the secret: its key is disabled, deleted or out of reach.",
    mend: "aws kms describe-key --key-id <key of the secret>",
    reason: "undecryptable",
  },
  {
    names: [
      "InvalidParameter",
      "ValidationException",
      "ValidationError",
      "InvalidNextToken",
      "InvalidParameterCombination",
    ],
    code: "invalid_reference",
    message: "AWS cannot make sense of this reference.",
  },
  // AWS as a whole.
  {
    names: [
      "Throttl",
      "TooManyRequests",
      "RequestLimitExceeded",
      "LimitExceeded",
      "BandwidthLimitExceeded",
      "RequestThrottled",
      "SlowDown",
    ],
    code: "throttled",
    message: "AWS asks to slow down.",
  },
  { status: [429], code: "throttled", message: "AWS asks to slow down." },
  {
    names: ["UnknownOperation", "InvalidAction"],
    code: "invalid_config",
    message: "What answers at this endpoint is not the AWS service.",
  },
  {
    names: ["InternalServiceError", "InternalFailure", "ServiceUnavailable"],
    code: "unavailable",
    message: "AWS failed.",
  },
  { status: [500, 502, 503, 504], code: "unavailable", message: "AWS, or a proxy before it, failed." },
  {
    status: [300, 301, 302, 303, 304, 307, 308],
    code: "unavailable",
    message: "The endpoint redirects; signed requests are not sent on, so use its real address.",
  },
  // Credentials that this machine could not produce.
  {
    during: ["credentials"],
    says: ["requires multi-factor authentication"],
    code: "unauthenticated",
    message: "The credentials need an MFA code, and nobody can be asked for it.",
    mend: "vaultlink reauth",
  },
  {
    during: ["credentials"],
    says: ["sso session", "sso token", "session token not found or invalid", "aws sso login"],
    code: "unauthenticated",
    message: "The AWS SSO session has expired, or nobody has signed in.",
    mend: true,
  },
  {
    during: ["credentials"],
    says: ["aws login", "load token from", "load a token", "reauthenticate", "dpop"],
    code: "unauthenticated",
    message: "The AWS sign-in has expired, or nobody has signed in.",
    mend: true,
  },
  {
    during: ["credentials"],
    says: ["credential_process", "command failed"],
    code: "unauthenticated",
    message: "The profile's credential_process gave no valid credentials.",
    mend: true,
  },
  {
    during: ["credentials"],
    codes: ["ENOENT", "EACCES", "EISDIR"],
    code: "unauthenticated",
    message: "The file with the platform's token cannot be read.",
    mend: true,
  },
  {
    during: ["credentials"],
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
    during: ["credentials"],
    says: ["forbiddenexception"],
    code: "denied",
    message: "The AWS SSO portal does not give this person that role.",
  },
  {
    during: ["credentials"],
    says: ["toomanyrequests", "throttl"],
    code: "throttled",
    message: "AWS asks to slow down.",
  },
  {
    during: ["credentials"],
    says: ["syntaxerror", "internalservererror", "serviceunavailable", "internalfailure", "responded with status: 5"],
    code: "unavailable",
    message: "What gives the AWS credentials did not answer properly.",
  },
  // The way to AWS.
  { names: ["TimeoutError"], codes: ["ETIMEDOUT"], code: "timeout", message: "AWS did not answer in time." },
  {
    codes: ["ENOTFOUND", "EAI_"],
    code: "unavailable",
    message: "The host name of AWS is not known here: check the region and the network.",
  },
  { codes: ["ECONNREFUSED"], code: "unavailable", message: "Nothing answers at the AWS endpoint." },
  { codes: ["ERR_PROXY_"], code: "unavailable", message: "The proxy did not connect us to AWS." },
  {
    codes: ["ERR_TLS_", "CERT_", "DEPTH_ZERO_", "SELF_SIGNED_", "UNABLE_TO_"],
    code: "unavailable",
    message: "The certificate of the AWS endpoint is not trusted.",
    mend: "export AWS_CA_BUNDLE=/path/to/ca.pem",
  },
  {
    codes: ["E", "HPE_", "UND_ERR_"],
    code: "unavailable",
    message: "The connection to AWS broke before its answer was complete.",
  },
  { names: ["TimeoutError"], code: "timeout", message: "AWS did not answer in time." },
  {
    during: ["credentials"],
    names: ["CredentialsProviderError", "TokenProviderError", "ProviderError", "Error"],
    code: "unauthenticated",
    message: "There are no AWS credentials here, or they could not be loaded.",
    mend: true,
  },
  {
    names: ["CredentialsProviderError", "TokenProviderError"],
    code: "unauthenticated",
    message: "There are no AWS credentials here.",
    mend: true,
  },
  { status: [401], code: "unauthenticated", message: "AWS refuses these credentials.", mend: true },
  { status: [403], code: "unavailable", message: "Something between here and AWS forbids the request." },
  {
    status: [404, 407],
    code: "unavailable",
    message: "The answer did not come from AWS, but from something in between.",
  },
];

/** The first row that fits. */
export function findRow(seen: Seen, during: During): Row | undefined {
  return ROWS.find(
    (row) =>
      (row.during?.includes(during) ?? true) &&
      (row.status?.includes(seen.status ?? 0) ?? true) &&
      begins(row.names, seen.name) &&
      begins(row.codes, seen.code) &&
      (row.says?.some((words) => seen.text.includes(words)) ?? true),
  );
}

function begins(wanted: readonly string[] | undefined, held: string | undefined): boolean {
  return wanted === undefined || (held !== undefined && wanted.some((word) => held.startsWith(word)));
}
