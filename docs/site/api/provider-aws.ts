/** @module @vaultlink/provider-aws */
export * from "@vaultlink/provider-aws";
