import type { SecretDocument } from "../contract/provider.ts";

/**
 * A batch's outcome as the caller's own: locators of one secret share an answer, and what one caller does to a document must
 * not reach another.
 */
export function ownOutcome(outcome: PromiseSettledResult<SecretDocument>): PromiseSettledResult<SecretDocument> {
  if (outcome.status === "rejected") return outcome;
  const { value } = outcome.value;
  const own = typeof value === "string" ? value : value instanceof Uint8Array ? value.slice() : { ...value };
  return { status: "fulfilled", value: { ...outcome.value, value: own } };
}
