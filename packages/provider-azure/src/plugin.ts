import { definePlugin, type Plugin } from "@vaultlink/core/provider";
import { azure } from "./azure.ts";
import { type AzureOptions, schema } from "./options.ts";
import { parseIdentifier } from "./parse-identifier.ts";

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
