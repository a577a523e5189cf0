/** @module @vaultlink/testkit */
export * from "@vaultlink/testkit";
