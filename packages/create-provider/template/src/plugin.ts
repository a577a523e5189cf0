import type { Plugin } from "@vaultlink/core";
import { defineOptions, definePlugin } from "@vaultlink/core/provider";
import { acme, type Options } from "./provider.ts";

/** What configuration, prompts and editors need to know. */
export const plugin: Plugin<Options> = definePlugin<Options>({
  name: "acme",
  title: "Acme Vault",
  options: defineOptions<Options>({
    url: { type: "string", description: "Base address of the vault.", default: "https://vault.acme.example" },
    key: { type: "string", description: "API key.", writeOnly: true },
  }),
  create: acme,
});
