import { defineProvider, type Provider } from "@vaultlink/core/provider";
import { checkOptions } from "./check-options.ts";
import { ENV_VARIABLES } from "./env.ts";
import type { OnePasswordOptions } from "./options.ts";
import { parseIdentifier } from "./parse-identifier.ts";
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
