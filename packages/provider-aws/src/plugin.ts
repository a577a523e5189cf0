import { definePlugin, defineProvider, type Plugin, type Provider } from "@vaultlink/core/provider";
import { checkOptions } from "./check-options.ts";
import { parseIdentifier } from "./locator.ts";
import { type AwsOptions, ENV_VARIABLES, schema } from "./options.ts";
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

/** AWS Secrets Manager for configuration files, prompts and flags. */
export const plugin: Plugin<AwsOptions> = definePlugin({
  name: "aws",
  title: "AWS Secrets Manager",
  options: schema,
  create: aws,
  parseIdentifier,
  displayName,
  pattern: "<name>",
  suggest: async (context) => (await import("./suggest.ts")).suggest(context),
});

/** Whom an identity stands for, without numbers that nobody knows by heart: `ada as Admin in eu-west-1, account 1111…`. */
function displayName(identity: string): string {
  const [, arn = "", region = ""] = /^(.*) in ([a-z0-9-]+)$/.exec(identity) ?? [];
  const [, account = "", resource = ""] = /^arn:[^:]*:(?:iam|sts)::(\d{12}):(.+)$/.exec(arn) ?? [];
  if (resource === "") return region === "" ? identity : `access keys AWS tells nothing about, in ${region}`;
  const [kind, ...rest] = resource.split("/");
  const session = rest.at(-1) ?? "";
  const who =
    kind === "assumed-role"
      ? `${session} as ${rest[0] ?? ""}`
      : kind === "root"
        ? "the account's root user"
        : `${kind === "user" ? "user" : (kind ?? "")} ${session}`.trim();
  return `${who} in ${region}, account ${account}`;
}
