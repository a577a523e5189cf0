import { definePlugin, defineProvider, type Plugin, type Provider } from "@vaultlink/core/provider";
import { ENV_VARIABLES } from "./env.ts";
import { checkOptions, type HashicorpOptions, schema } from "./options.ts";
import { where } from "./where.ts";

/**
 * Reads secrets from HashiCorp Vault or OpenBao: `vault://secret/prod/db#password`.
 * Creating it only checks the options; throws `invalid_config` for bad ones.
 */
export function hashicorp(options: HashicorpOptions = {}): Provider {
  const checked = checkOptions(options);
  return defineProvider({
    name: "hashicorp",
    envVariables: checked.auth?.method === "aws" ? [...ENV_VARIABLES, "AWS_*"] : ENV_VARIABLES,
    where: async ({ env }) => where(checked, env),
    // Everything else loads here: node:crypto alone costs more than an import may, node-vault a hundred times that.
    open: async (context) => (await import("./open.ts")).open(checked, context),
  });
}

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
