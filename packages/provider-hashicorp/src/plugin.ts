import { definePlugin, type Plugin } from "@vaultlink/core/provider";
import { hashicorp } from "./hashicorp.ts";
import { type HashicorpOptions, schema } from "./options.ts";

/** HashiCorp Vault and OpenBao for configuration files, prompts and flags. */
export const plugin: Plugin<HashicorpOptions> = definePlugin({
  name: "hashicorp",
  title: "HashiCorp Vault or OpenBao",
  options: schema,
  create: hashicorp,
  // What follows the mark tells identities apart, and means nothing to a person.
  displayName: (identity) => identity.replace(/#[^#]*$/, "").replace(/@(?=[^@]*$)/, " at "),
  pattern: "<mount>/<path>#<field>",
  suggest: async (context) => (await import("./suggest.ts")).suggest(context),
});
