import { defineProvider, type Provider } from "@vaultlink/core/provider";
import { ENV_VARIABLES } from "./env.ts";
import { checkOptions, type HashicorpOptions } from "./options.ts";
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
