import { defineProvider, type Provider } from "@vaultlink/core/provider";
import { checkOptions } from "./check-options.ts";
import { ENV_VARIABLES } from "./env-variables.ts";
import type { AzureOptions } from "./options.ts";
import { parseIdentifier } from "./parse-identifier.ts";
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
