import type { StandardSchemaV1 } from "@standard-schema/spec";
import { SecretError } from "../errors/secret-error.ts";
import { toSecretError } from "../errors/to-secret-error.ts";
import type { Plugin } from "../contract/plugin.ts";
import type { Provider } from "../contract/provider.ts";
import { type Options, withCredentials } from "./credentials.ts";
import { loadPlugin } from "./load-plugin.ts";
import type { NamedConnection } from "./named-connection.ts";
import { aboutProvider, createProvider } from "./plugin-shape.ts";

/** The provider behind a connection's name: the one passed by hand, or made from validated options. */
export async function loadProvider(named: NamedConnection): Promise<Provider> {
  const { source } = named;
  const plugin = await loadPlugin(named);
  if (plugin === undefined || !("load" in source)) return source as Provider;
  return create(named.name, plugin, source.options);
}

/** The same with credentials that a person gave. Throws `invalid_config` for an option that is none. */
export async function loadProviderWith(named: NamedConnection, credentials: Options): Promise<Provider> {
  const { source } = named;
  const plugin = await loadPlugin(named);
  if (plugin === undefined || !("load" in source)) {
    throw new SecretError("invalid_config", "This connection takes no credentials as options.");
  }
  return create(named.name, plugin, withCredentials(plugin, source.options, credentials));
}

async function create(name: string, plugin: Plugin, options: Options): Promise<Provider> {
  const result = await validate(plugin, options);
  if (result.issues === undefined) return createProvider(plugin, result.value);
  const hint = `vaultlink connect ${plugin.name} ${name} --help`;
  throw new SecretError("invalid_config", `Connection ${name}: ${stateError(plugin, result.issues)}`, { hint });
}

async function validate(plugin: Plugin, options: Options): Promise<StandardSchemaV1.Result<object>> {
  try {
    return await plugin.options["~standard"].validate(options);
  } catch (thrown) {
    const error = toSecretError(thrown);
    if (error.code !== "internal") throw error;
    throw new SecretError(
      "invalid_config",
      `${aboutProvider(plugin.name)}: its plugin failed while it checked options.`,
    );
  }
}

/** What is wrong with options. A schema library's own message is not shown: some of them quote the value. */
function stateError({ options }: Plugin, [issue]: readonly StandardSchemaV1.Issue[]): string {
  const { jsonSchema, vendor } = options["~standard"];
  if (vendor === "vaultlink" && issue !== undefined) return issue.message;
  const path: string[] = [];
  let schema: unknown = jsonSchema?.input({ target: "draft-2020-12" });
  for (const part of issue?.path ?? []) {
    const name = typeof part === "object" ? part.key : part;
    const known = (schema as { readonly properties?: object } | undefined)?.properties;
    // An option that the schema does not know could be named by a secret that was pasted.
    if (typeof name !== "string" || known === undefined || !Object.hasOwn(known, name)) break;
    path.push(name);
    schema = (known as Readonly<Record<string, unknown>>)[name];
  }
  return path.length === 0 ? "its options are not valid." : `option "${path.join(".")}" is not valid.`;
}
