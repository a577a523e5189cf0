import { isSecretError, type SecretDocument, type SecretError } from "@vaultlink/core/provider";
import { CANARY } from "@vaultlink/stand-ins";
import { scanError } from "@vaultlink/testkit";
import { expect } from "vitest";

/** What a document holds, which must be text. */
export function textOf({ value }: SecretDocument): string {
  if (typeof value !== "string") throw new Error("The document must be text.");
  return value;
}

/** The refusal of a call that must be refused. Fails the test if it carries a fake secret, or another's error. */
export async function refused(call: Promise<unknown>): Promise<SecretError> {
  const thrown: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!isSecretError(thrown)) throw new Error("The call was not refused with an error of ours.");
  expect(scanError(thrown, [CANARY])).toEqual([]);
  expect("cause" in thrown).toBe(false);
  return thrown;
}
