import type { Plugin } from "@vaultlink/core";

/** One option of a provider, as its JSON Schema describes it. */
export interface Field {
  /** The keys that lead to it: `["auth", "roleId"]`. */
  readonly path: readonly string[];
  readonly type: "string" | "number" | "integer" | "boolean" | "string[]";
  readonly description: string;
  readonly enum?: readonly string[];
  /** Variables that it comes from where it is not given: of these the first that is set. */
  readonly envVariables: readonly string[];
  readonly default?: unknown;
  /** A credential: never a flag with a value, never in a file. */
  readonly secret: boolean;
  readonly required: boolean;
}

/** A schema as it comes from a plugin, which may be made by any library: everything in it is looked at before use. */
type Raw = Readonly<Record<string, unknown>>;

/** The options of a provider, those of groups such as `auth` included. */
export function fieldsOf(plugin: Plugin): readonly Field[] {
  return walk(plugin.options["~standard"].jsonSchema.input({ target: "draft-2020-12" }), []);
}

function walk(schema: Raw, parents: readonly string[]): readonly Field[] {
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(record(schema["properties"])).flatMap(([name, held]) => {
    const property = record(held);
    const path = [...parents, name];
    if (property["type"] === "object") return walk(property, path);
    const type = typeOf(property);
    return type === undefined ? [] : [field(path, type, property, required.includes(name))];
  });
}

function field(path: readonly string[], type: Field["type"], property: Raw, required: boolean): Field {
  const { description, enum: choices, default: fallback, envVariables, writeOnly } = property;
  return {
    path,
    type,
    description: typeof description === "string" ? description : "",
    ...(Array.isArray(choices) && { enum: choices.map(String) }),
    envVariables: Array.isArray(envVariables) ? envVariables.map(String) : [],
    ...(fallback !== undefined && { default: fallback }),
    secret: writeOnly === true,
    required,
  };
}

function typeOf({ type, items }: Raw): Field["type"] | undefined {
  if (type === "array") return record(items)["type"] === "string" ? "string[]" : undefined;
  return type === "string" || type === "number" || type === "integer" || type === "boolean" ? type : undefined;
}

const record = (held: unknown): Raw => (typeof held === "object" && held !== null ? (held as Raw) : {});
