import type { AwsErrorRule } from "./error-rule.ts";

/** Names are those of AWS's two protocols: Secrets Manager's, and STS's, which are shorter. */
const SIGNATURE = ["InvalidSignature", "SignatureDoesNotMatch"];

/** What AWS says of whoever signed a request: of their clock, their credentials and their account. */
export const SIGNING: readonly AwsErrorRule[] = [
  {
    names: SIGNATURE,
    says: ["signature expired", "signature not yet current"],
    code: "unavailable",
    message: "This machine's clock differs from AWS's.",
    reason: "clock-skew",
  },
  {
    // Also these speak of the request's date only: https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html
    names: ["RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed"],
    code: "unavailable",
    message: "This machine's clock differs from AWS's by many minutes.",
    reason: "clock-skew",
  },
  {
    names: ["ExpiredToken"],
    code: "unauthenticated",
    message: "The AWS credentials have expired.",
    hint: true,
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
    hint: true,
  },
  { names: SIGNATURE, code: "unauthenticated", message: "The AWS secret access key is wrong.", hint: true },
  {
    names: ["OptInRequired"],
    code: "invalid_config",
    message: "This AWS account has not switched the region or the service on.",
    hint: "aws account enable-region --region-name <region>",
  },
];
