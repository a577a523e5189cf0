import { definePlugin, type Plugin } from "@vaultlink/core/provider";
import { azure } from "./azure.ts";
import { type AzureOptions, schema } from "./options.ts";
import { parseIdentifier } from "./parse-identifier.ts";

/** Azure Key Vault for configuration files, prompts and flags. */
export const plugin: Plugin<AzureOptions> = definePlugin({
  name: "azure",
  title: "Azure Key Vault",
  options: schema,
  create: azure,
  parseIdentifier,
});
