import type { Skips } from "@vaultlink/testkit";

/** What Globex Vault has not, and why. */
export const SKIPS: Skips = {
  "returns bytes unchanged": "Globex Vault keeps fields only.",
  "found credentials offer no `revoke`": "A password is always exchanged for a token of our own.",
  "`release` ends the lease": "Globex Vault makes no credentials on demand.",
};
