/** @module @vaultlink/provider-hashicorp */
export * from "@vaultlink/provider-hashicorp";
