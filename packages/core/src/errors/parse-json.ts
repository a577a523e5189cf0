import { SecretError } from "./secret-error.ts";

/**
 * Parses the body of an answer. Throws `unavailable` for what is not JSON, e.g. a proxy's page,
 * and never quotes it: `JSON.parse` itself puts a piece of the text, maybe of a secret, in its message.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SecretError("unavailable", "The answer is not JSON, so it did not come from the vault.");
  }
}
