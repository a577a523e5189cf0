import { isSecretError } from "@vaultlink/core";
import type { Settled } from "../vault/resolve.ts";

/**
 * The names of a secret's fields, none where it has none or cannot be read. The secret is read, as any other; its values
 * stay where they are: asking for a field that there is not is answered with those that there are.
 */
export async function fieldNames(
  vault: { getMany(names: readonly string[], options: { readonly signal: AbortSignal }): Promise<readonly Settled[]> },
  reference: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const [outcome] = await vault.getMany([`${reference}#/`], { signal });
  const error: unknown = outcome?.status === "rejected" ? outcome.reason : undefined;
  return isSecretError(error) ? (error.details.fields ?? []) : [];
}
