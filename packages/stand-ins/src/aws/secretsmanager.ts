import type { Answer } from "../kit/backend.ts";
import { json, refusal } from "./answers.ts";
import { type Ask, text } from "./ask.ts";
import { batch } from "./batch.ts";
import { listSecrets } from "./list.ts";
import { look, valueOf } from "./look.ts";
import type { Credential } from "./principals.ts";
import type { AwsState } from "./state.ts";

/** Operations that change nothing. Everything else of the service is a write. */
export const READING: ReadonlySet<string> = new Set([
  "GetSecretValue",
  "BatchGetSecretValue",
  "ListSecrets",
  "ListSecretVersionIds",
  "DescribeSecret",
  "GetRandomPassword",
  "GetResourcePolicy",
]);

export function secretsManager(ask: Ask, asker: Credential, state: AwsState): Answer {
  switch (ask.operation) {
    case "GetSecretValue":
      return getSecretValue(ask, asker, state);
    case "BatchGetSecretValue":
      return batch(ask, asker, state);
    case "ListSecrets":
      return listSecrets(ask, asker, state);
    default:
      return refusal("json", 400, "UnknownOperationException", "This stand-in does not know that operation.");
  }
}

function getSecretValue(ask: Ask, asker: Credential, state: AwsState): Answer {
  const secretId = text(ask, "SecretId");
  if (secretId === undefined || secretId.length > 2048) {
    return refusal(
      "json",
      400,
      "ValidationException",
      "1 validation error detected: 'secretId' failed to satisfy constraint",
    );
  }
  const found = look(secretId, asker, state, { id: text(ask, "VersionId"), stage: text(ask, "VersionStage") });
  return "code" in found ? refusal("json", 400, found.code, found.message) : json(valueOf(found.secret, found.version));
}
