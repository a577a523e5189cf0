import { defineProvider, type Provider } from "@vaultlink/core/provider";
import { checkOptions } from "./check-options.ts";
import { ENV_VARIABLES } from "./env-variables.ts";
import type { AwsOptions } from "./options.ts";
import { parseIdentifier } from "./parse-identifier.ts";
import { where } from "./where.ts";

/**
 * Reads secrets from AWS Secrets Manager: `aws://prod/db#password`.
 * Creating it only checks the options; throws `invalid_config` for bad ones.
 */
export function aws(options: AwsOptions = {}): Provider {
  const checked = checkOptions(options);
  return defineProvider({
    ...{ name: "aws", envVariables: ENV_VARIABLES, parseIdentifier },
    where: async ({ env }) => where(checked, env),
    // Everything else loads here: the SDK costs twenty times what an import may.
    open: async (context) => (await import("./open.ts")).open(checked, context),
  });
}
