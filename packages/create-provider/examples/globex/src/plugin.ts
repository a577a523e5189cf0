import type { Plugin } from "@vaultlink/core";
import { defineOptions, definePlugin } from "@vaultlink/core/provider";
import { globex, type Options } from "./provider.ts";

/** What configuration, prompts and editors need to know. */
export const plugin: Plugin<Options> = definePlugin<Options>({
  name: "globex",
  title: "Globex Vault",
  options: defineOptions<Options>({
    url: { type: "string", description: "Base address of the vault.", required: true },
    user: "Who signs in.",
    password: { type: "string", description: "Their password.", writeOnly: true },
  }),
  create: globex,
  pattern: "<item>",
});
