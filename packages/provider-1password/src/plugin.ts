import { definePlugin, defineProvider, type Plugin, type Provider } from "@vaultlink/core/provider";
import { checkOptions } from "./check-options.ts";
import { ENV_VARIABLES } from "./env.ts";
import { parseIdentifier } from "./locator.ts";
import { type OnePasswordOptions, schema } from "./options.ts";
import { where } from "./where.ts";

/**
 * Reads secrets from 1Password: `op://vault/item/field`.
 * Creating it only checks the options; throws `invalid_config` for bad ones.
 */
export function onePassword(options: OnePasswordOptions = {}): Provider {
  const checked = checkOptions(options);
  return defineProvider({
    ...{ name: "1password", envVariables: ENV_VARIABLES, parseIdentifier },
    where: async ({ env }) => where(checked, env),
    // Everything else loads here, and the SDK in a thread of its own.
    open: async (context) => (await import("./open.ts")).open(checked, context),
  });
}

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
