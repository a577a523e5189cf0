import type { Plugin, Provider } from "@vaultlink/core";
import { upgradeProvider } from "@vaultlink/core/internal";
import { type Fault, importPlugin } from "./import-plugin.ts";

/** What prompts, flags and core need to know of a plugin that runs elsewhere. */
export interface Description {
  readonly name: string;
  readonly title: string;
  readonly vendor: string;
  /** JSON Schema of its options. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Whether it parses identifiers. */
  readonly parses: boolean;
  /** Whether it suggests what a connection may be made of. */
  readonly suggests: boolean;
}

/** What checking options came to. */
export type Checked =
  | { readonly issues: ReadonlyArray<{ readonly message: string; readonly path: readonly string[] }> }
  | {
      readonly envVariables: readonly string[];
      readonly providerName: string;
      /** Whether the provider says which vault it reaches. */
      readonly tellsWhere: boolean;
    };

export async function describe(entry: string): Promise<Description | Fault> {
  const plugin = await importPlugin(entry);
  if ("fault" in plugin) return plugin;
  const { name, title, options } = plugin;
  const { jsonSchema, vendor } = options["~standard"];
  return {
    ...{ name, title, vendor },
    schema: jsonSchema.input({ target: "draft-2020-12" }),
    parses: typeof plugin.parseIdentifier === "function",
    suggests: typeof plugin.suggest === "function",
  };
}

/** Checks options, and says what the provider made of them declares. */
export async function check(plugin: Plugin, options: unknown): Promise<Checked> {
  const made = await make(plugin, options);
  if ("issues" in made) return made;
  return {
    envVariables: made.envVariables ?? [],
    providerName: made.name,
    tellsWhere: typeof made.where === "function",
  };
}

/** The provider, or what is wrong with its options. Throws what the plugin throws. */
export async function make(
  plugin: Plugin,
  options: unknown,
): Promise<Provider | Extract<Checked, { issues: unknown }>> {
  const result = await plugin.options["~standard"].validate(options);
  if (result.issues === undefined) return upgradeProvider(plugin.create(result.value));
  const issues = result.issues.map(({ message, path = [] }) => ({
    message,
    path: path.map((part) => String(typeof part === "object" ? part.key : part)),
  }));
  return { issues };
}
