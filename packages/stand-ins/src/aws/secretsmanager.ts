import type { Answer } from "../kit/backend.ts";
import { json, refusal } from "./answers.ts";
import { type Ask, text } from "./ask.ts";
import { batch } from "./batch.ts";
import { listSecrets, metadataOf } from "./list.ts";
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
    case "DescribeSecret":
      return describeSecret(ask, asker, state);
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

/** Metadata of one secret, also of one that is scheduled for deletion. */
function describeSecret(ask: Ask, asker: Credential, state: AwsState): Answer {
  const secretId = text(ask, "SecretId") ?? "";
  const secret = state.secrets.find(secretId, asker.who.account);
  const named = secret?.name ?? secretId.replace(/^arn:.*:secret:/, "");
  if (!asker.who.reads.some((prefix) => named.startsWith(prefix))) {
    const message = `User: ${asker.arn} is not authorized to perform: secretsmanager:DescribeSecret on resource: ${secretId}`;
    return refusal("json", 400, "AccessDeniedException", message);
  }
  if (!secret) {
    return refusal("json", 400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  }
  return json({
    ...metadataOf(secret),
    VersionIdsToStages: Object.fromEntries(secret.versions.map(({ id, stages }) => [id, stages])),
  });
}
