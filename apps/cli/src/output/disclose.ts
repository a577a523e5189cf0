import type { SecretValue } from "@vaultlink/core";

/** The one place where the command turns a secret into text: for `get`, `export` and the environment of `run`. */
export function disclose(value: SecretValue): string {
  // oxlint-disable-next-line no-restricted-properties -- this is the file that may
  return value.reveal();
}
