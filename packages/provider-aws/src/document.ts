import type { SecretValueEntry } from "@aws-sdk/client-secrets-manager";
import { type SecretDocument, SecretError } from "@vaultlink/core";

/** The document in an answer: text untouched, bytes as bytes. Throws `unavailable` for what is no answer of AWS's. */
export function toDocument(answer: SecretValueEntry): SecretDocument {
  const { ARN, Name, SecretBinary, SecretString, VersionId } = answer;
  const value = SecretString ?? SecretBinary;
  if (value === undefined) {
    // A page with status 200 that happens to be JSON has none of the members.
    if (ARN === undefined && Name === undefined) {
      throw new SecretError("unavailable", "The answer did not come from AWS, but from something in between.");
    }
    throw new SecretError("unusable", "The secret has no value yet.", { reason: "no-value" });
  }
  return { value, ...(VersionId !== undefined && { version: VersionId }) };
}
