/** @module @vaultlink/core */
export * from "@vaultlink/core";
