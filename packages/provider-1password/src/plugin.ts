import { definePlugin, type Plugin } from "@vaultlink/core/provider";
import { onePassword } from "./onepassword.ts";
import { type OnePasswordOptions, schema } from "./options.ts";
import { parseIdentifier } from "./parse-identifier.ts";

/** 1Password for configuration files, prompts and flags. */
export const plugin: Plugin<OnePasswordOptions> = definePlugin({
  name: "1password",
  title: "1Password",
  options: schema,
  create: onePassword,
  parseIdentifier,
  pattern: "<vault>/<item>/<field>",
  suggest: async (context) => (await import("./suggest.ts")).suggest(context),
});
