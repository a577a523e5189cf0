import type { SecretValueEntry } from "@aws-sdk/client-secrets-manager";
import { type SecretDocument, SecretError } from "@vaultlink/core/provider";
import { checkAnswer, type Scope } from "./scope.ts";
import { unexpectedResponse } from "./unexpected-response.ts";

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
  return {
    value,
    ...(ARN !== undefined && { id: ARN }),
    ...(VersionId !== undefined && { version: VersionId }),
  };
}
