import { definePlugin, type Plugin } from "@vaultlink/core/provider";
import { aws } from "./aws.ts";
import { type AwsOptions, schema } from "./options.ts";
import { parseIdentifier } from "./parse-identifier.ts";

/** AWS Secrets Manager for configuration files, prompts and flags. */
export const plugin: Plugin<AwsOptions> = definePlugin({
  name: "aws",
  title: "AWS Secrets Manager",
  options: schema,
  create: aws,
  parseIdentifier,
});
