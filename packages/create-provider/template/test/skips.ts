import type { Skips } from "@vaultlink/testkit";

/** What Acme Vault has not, and why: part of the data sheet. */
export const SKIPS: Skips = {
  "returns bytes unchanged": "Acme Vault keeps texts only.",
  "found credentials offer no `revoke`": "An API key is always exchanged for a token of our own.",
  "`release` ends the lease": "Acme Vault makes no credentials on demand.",
};
