import { role } from "../credentials/fixture.ts";
import { type Case, openAndRead, refusing, stsRefusal } from "./case.ts";

const EXPORT_KEYS = "export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… AWS_SESSION_TOKEN=…";

/** A role that STS does not give. */
const notAssumed =
  (code: string, says: string, status = 403): Case["cause"] =>
  ({ vault }) => {
    vault.fault({ on: "sts.AssumeRole", kind: "status", status, body: stsRefusal(code, says) });
    return openAndRead({ role: { arn: role("reader") } }, { env: vault.env });
  };

/** A platform's token that STS does not take. */
const notTaken =
  (code: string, says: string, status = 400): Case["cause"] =>
  ({ bare, home, vault }) => {
    vault.fault({ on: "sts.AssumeRoleWithWebIdentity", kind: "status", status, body: stsRefusal(code, says) });
    return openAndRead({ auth: { tokenFile: home.webTokenFile, tokenRole: role("ci") } }, { env: bare });
  };

/** What AWS says of those who ask. */
export const SIGNING_CASES: readonly Case[] = [
  {
    when: "the clocks differ",
    cause: refusing("InvalidSignatureException", {
      says: "Signature expired: 20260101T000000Z is now earlier than 20260101T005500Z",
    }),
    code: "unavailable",
    message: "This machine's clock differs from AWS's.",
    reason: "clock-skew",
  },
  {
    when: "the request's date is refused",
    cause: refusing("RequestExpired"),
    code: "unavailable",
    message: "This machine's clock differs from AWS's by many minutes.",
    reason: "clock-skew",
  },
  {
    when: "the credentials have expired",
    cause: refusing("ExpiredTokenException", { says: "The security token included in the request is expired" }),
    code: "unauthenticated",
    message: "The AWS credentials have expired.",
    hint: EXPORT_KEYS,
  },
  {
    when: "nobody has these credentials",
    cause: refusing("UnrecognizedClientException", { says: "The security token included in the request is invalid." }),
    code: "unauthenticated",
    message: "AWS does not know these credentials, or they were revoked.",
    hint: EXPORT_KEYS,
  },
  {
    when: "the secret access key is wrong",
    cause: refusing("InvalidSignatureException", {
      status: 403,
      says: "The request signature we calculated does not match the signature you provided.",
    }),
    code: "unauthenticated",
    message: "The AWS secret access key is wrong.",
    hint: EXPORT_KEYS,
    native: { name: "InvalidSignatureException", status: 403 },
  },
  {
    when: "the region is not switched on",
    cause: refusing("OptInRequired", { status: 403 }),
    code: "invalid_config",
    message: "This AWS account has not switched the region or the service on.",
    hint: "aws account enable-region --region-name <region>",
  },
  {
    when: "the code is wrong",
    cause: notAssumed("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code."),
    code: "unauthenticated",
    message: "AWS does not accept this MFA code.",
    hint: "vaultlink reauth",
  },
  {
    when: "the role may not be assumed",
    cause: notAssumed("AccessDenied", "User: … is not authorized to perform: sts:AssumeRole"),
    code: "denied",
    message: "AWS does not let these credentials assume the role.",
    hint: "aws sts assume-role --role-arn <role> --role-session-name vaultlink",
    native: { name: "AccessDenied", status: 403 },
  },
  {
    when: "the role is asked for wrongly",
    cause: notAssumed("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration", 400),
    code: "invalid_config",
    message: "AWS refuses how the role is assumed: check its ARN, duration, session name and tags.",
  },
  {
    when: "STS is switched off in the region",
    cause: notAssumed("RegionDisabledException", "STS is not activated in this region for account"),
    code: "invalid_config",
    message: "STS is switched off in this region for the account.",
  },
  {
    when: "the platform's token is refused",
    cause: notTaken("InvalidIdentityToken", "Couldn't retrieve verification key from your identity provider"),
    code: "unauthenticated",
    message: "AWS does not accept the platform's token.",
    hint: "check the platform's token: AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN",
  },
  {
    when: "the platform cannot be reached by AWS",
    cause: notTaken("IDPCommunicationError", "Couldn't reach the identity provider"),
    code: "unavailable",
    message: "AWS could not reach the platform that issued the token.",
  },
];
