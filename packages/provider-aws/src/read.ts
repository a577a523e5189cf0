import { GetSecretValueCommand, type SecretValueEntry } from "@aws-sdk/client-secrets-manager";
import { type Context, definedMembers, type SecretDocument, SecretError } from "@vaultlink/core/provider";
import { type Requester, unexpectedResponse } from "./request.ts";
import type { Target } from "./locator.ts";
import { checkAnswer, type Scope } from "./scope.ts";

/** Reads one document, by one call. */
export async function read(
  request: Requester,
  target: Target,
  scope: Scope,
  context: Context,
): Promise<SecretDocument> {
  const { role, secretId, stage, versionId } = target;
  const command = new GetSecretValueCommand({
    SecretId: secretId,
    ...definedMembers({ VersionId: versionId, VersionStage: stage }),
  });
  const answer = await request({ during: "read", role }, context, (client, options) => client.send(command, options));
  return toDocument(answer, scope);
}

/** The document in an answer: text untouched, bytes as bytes. Throws `unavailable` for what is no answer of AWS's. */
export function toDocument(answer: SecretValueEntry, scope: Scope): SecretDocument {
  checkAnswer(answer.ARN, scope);
  const { ARN, Name, SecretBinary, SecretString, VersionId } = answer;
  const value: unknown = SecretString ?? SecretBinary;
  // A page with status 200 that happens to be JSON has none of the members; the SDK takes any type for a text.
  if (value === undefined && (ARN !== undefined || Name !== undefined)) {
    throw new SecretError("unusable", "The secret has no value yet.", { reason: "no-value" });
  }
  if (typeof value !== "string" && !(value instanceof Uint8Array)) {
    // Only what came with a success is a document, or should have been one.
    throw unexpectedResponse({ $metadata: { httpStatusCode: 200 } });
  }
  return { value, ...definedMembers({ id: ARN, version: VersionId }) };
}
