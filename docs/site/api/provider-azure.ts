/** @module @vaultlink/provider-azure */
export * from "@vaultlink/provider-azure";
