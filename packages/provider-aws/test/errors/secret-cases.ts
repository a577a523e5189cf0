import { type Case, refusing } from "./case.ts";
import { context, locator } from "../support.ts";

const native = (name: string, status = 400): object => ({ name, status });

/** What Secrets Manager says of a secret. Texts as the service sends them. */
export const SECRET_CASES: readonly Case[] = [
  {
    when: "there is no such secret",
    cause: refusing("ResourceNotFoundException", { says: "Secrets Manager can't find the specified secret." }),
    code: "not_found",
    message: "Secrets Manager has no such secret or version, or not for this identity.",
    native: native("ResourceNotFoundException"),
  },
  {
    when: "reading is not allowed",
    cause: refusing("AccessDeniedException", {
      says: "User: arn:aws:iam::111122223333:user/app is not authorized to perform: secretsmanager:GetSecretValue",
    }),
    code: "denied",
    message: "AWS does not let this identity read the secret.",
    hint: "allow secretsmanager:GetSecretValue on the secret",
    native: native("AccessDeniedException"),
  },
  {
    when: "the key is not allowed",
    cause: refusing("AccessDeniedException", { says: "Access to KMS is not allowed" }),
    code: "denied",
    message: "AWS does not let this identity use the key that encrypts the secret.",
    hint: "allow kms:Decrypt on the secret's key",
  },
  {
    when: "batches are not allowed",
    cause: refusing("AccessDeniedException", {}, async (session) =>
      session.readMany?.([locator("app/db"), locator("app/api-key")], context()),
    ),
    code: "denied",
    message: "AWS does not let this identity read several secrets in one call.",
    hint: "allow secretsmanager:BatchGetSecretValue",
  },
  {
    when: "listing is not allowed",
    cause: refusing("AccessDeniedException", {}, async (session) => {
      for await (const _ of session.list?.({ prefix: "" }, context()) ?? []) break;
    }),
    code: "denied",
    message: "AWS does not let this identity list secrets.",
    hint: "allow secretsmanager:ListSecrets",
  },
  {
    when: "its versions may not be seen",
    cause: refusing("AccessDeniedException", {}, async (session) => session.version?.(locator("app/db"), context())),
    code: "denied",
    message: "AWS does not let this identity see which version of the secret is current.",
    hint: "allow secretsmanager:DescribeSecret on the secret",
  },
  {
    when: "it is scheduled for deletion",
    cause: refusing("InvalidRequestException", {
      says: "You can't perform this operation on the secret because it was marked for deletion.",
    }),
    code: "unusable",
    message: "The secret is scheduled for deletion.",
    reason: "scheduled-for-deletion",
    hint: "aws secretsmanager restore-secret --secret-id <secret>",
  },
  {
    when: "its state does not allow it",
    cause: refusing("InvalidRequestException", { says: "The operation is not valid for the current state." }),
    code: "unusable",
    message: "The secret is in a state in which it cannot be read.",
    reason: "wrong-state",
  },
  {
    when: "it cannot be decrypted",
    cause: refusing("DecryptionFailure", { says: "Secrets Manager can't decrypt the protected secret text." }),
    code: "unusable",
    message: "AWS cannot decrypt the secret: its key is disabled, deleted or out of reach.",
    reason: "undecryptable",
    hint: "aws kms describe-key --key-id <key of the secret>",
  },
  {
    when: "a parameter is refused",
    cause: refusing("InvalidParameterException", { says: "The parameter name or value is invalid." }),
    code: "invalid_reference",
    message: "AWS cannot make sense of this reference.",
  },
];
