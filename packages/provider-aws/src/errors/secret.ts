import type { AwsErrorRule } from "./error-rule.ts";

/** What AWS says of the secret that was asked for. */
export const SECRET: readonly AwsErrorRule[] = [
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
    hint: "allow secretsmanager:BatchGetSecretValue",
  },
  {
    during: ["list"],
    names: ["AccessDenied"],
    code: "denied",
    message: "AWS does not let this identity list secrets.",
    hint: "allow secretsmanager:ListSecrets",
  },
  {
    during: ["version"],
    names: ["AccessDenied"],
    code: "denied",
    message: "AWS does not let this identity see which version of the secret is current.",
    hint: "allow secretsmanager:DescribeSecret on the secret",
  },
  {
    names: ["AccessDenied"],
    says: ["access to kms is not allowed", "not authorized to perform: kms:"],
    code: "denied",
    message: "AWS does not let this identity use the key that encrypts the secret.",
    hint: "allow kms:Decrypt on the secret's key",
  },
  {
    names: ["AccessDenied", "NotAuthorized", "UnauthorizedOperation"],
    code: "denied",
    message: "AWS does not let this identity read the secret.",
    hint: "allow secretsmanager:GetSecretValue on the secret",
  },
  {
    names: ["InvalidRequest"],
    says: ["marked for deletion", "scheduled for deletion", "marked deleted"],
    code: "unusable",
    message: "The secret is scheduled for deletion.",
    hint: "aws secretsmanager restore-secret --secret-id <secret>",
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
    hint: "aws kms describe-key --key-id <key of the secret>",
    reason: "undecryptable",
  },
  {
    names: ["InvalidParameter", "ValidationException", "ValidationError", "InvalidNextToken"],
    code: "invalid_reference",
    message: "AWS cannot make sense of this reference.",
  },
];
