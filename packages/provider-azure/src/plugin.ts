import { definePlugin, defineProvider, type Plugin, type Provider } from "@vaultlink/core/provider";
import { checkOptions } from "./check-options.ts";
import { parseIdentifier } from "./locator.ts";
import { type AzureOptions, ENV_VARIABLES, schema } from "./options.ts";
import { where } from "./where.ts";

/**
 * Reads secrets from Azure Key Vault: `az://db-password`, or `az://my-vault/db-password`.
 * Creating it only checks the options; throws `invalid_config` for bad ones.
 */
export function azure(options: AzureOptions = {}): Provider {
  const checked = checkOptions(options);
  return defineProvider({
    ...{ name: "azure", envVariables: ENV_VARIABLES, parseIdentifier },
    where: async ({ env }) => where(checked, env),
    // Everything else loads here: the SDKs cost fifty times what an import may.
    open: async (context) => (await import("./open.ts")).open(checked, context),
  });
}

/** Azure Key Vault for configuration files, prompts and flags. */
export const plugin: Plugin<AzureOptions> = definePlugin({
  name: "azure",
  title: "Azure Key Vault",
  options: schema,
  create: azure,
  parseIdentifier,
  displayName,
  pattern: "<name>",
  suggest: async (context) => (await import("./suggest.ts")).suggest(context),
});

/** A person by the name they sign in with, an application by its id: ids of tenant and object mean nothing to anybody. */
function displayName(identity: string): string {
  const [, name = ""] = /^(.*)@[^@#]*#[^#]*$/.exec(identity) ?? [];
  if (name === "") return identity;
  return /^[0-9a-f-]{36}$/i.test(name) ? `application ${name}` : name;
}
