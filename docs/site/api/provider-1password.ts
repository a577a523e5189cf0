/** @module @vaultlink/provider-1password */
export * from "@vaultlink/provider-1password";
