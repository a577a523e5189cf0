import { definePlugin, type Plugin } from "@vaultlink/core/provider";
import { aws } from "./aws.ts";
import { displayName } from "./display-name.ts";
import { type AwsOptions, schema } from "./options.ts";
import { parseIdentifier } from "./parse-identifier.ts";

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
