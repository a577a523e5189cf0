import { parseExactJson } from "../reference/exact-json.ts";
import { SecretError } from "../errors/secret-error.ts";

/**
 * Parses the body of an answer. Numbers keep their text, so that a field map taken from it can be a document's `value` as
 * it stands: a number that a double would alter, e.g. one beyond 2^53 or `1.50`, is what `JSON.rawJSON` makes, and no
 * `number`. `structuredClone` and messages to other threads refuse those: send the text, and parse it there.
 * Throws `unavailable` for what is not JSON, e.g. a proxy's page, and never quotes it: `JSON.parse` itself puts a piece
 * of the text, maybe of a secret, in its message.
 */
export function parseJson(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    throw new SecretError("unavailable", "The answer is not JSON, so it did not come from the vault.");
  }
}
