import type { StandardSchemaV1 } from "@standard-schema/spec";
import { closestMatch } from "../closest-match.ts";
import type { OptionsSchema } from "./plugin.ts";

/**
 * One option of a provider: what it may hold, and how a prompt or a help text describes it. A sentence alone describes an
 * option that holds any string.
 */
export type OptionField = string | ScalarField | GroupField;

/** An option that one line of text can express. */
export interface ScalarField {
  readonly type: "string" | "number" | "integer" | "boolean" | "string[]";
  /** One sentence; shown in prompts, `--help` and editors, which say what it comes from where it is not given, too. */
  readonly description: string;
  /** Variables that it comes from where it is not given: of these the first that is set. `Provider.envVariables` covers them. */
  readonly envVariables?: readonly string[];
  /** What it is where none of those is set, e.g. `"the profile's"`. */
  readonly otherwise?: string;
  /** The only values it may have. */
  readonly enum?: readonly string[];
  readonly default?: string | number | boolean;
  /** A secret: asked for or read from stdin, never put into a file, a flag or an error. */
  readonly writeOnly?: true;
  readonly required?: true;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Options that belong together, e.g. those of `auth`. */
export interface GroupField {
  readonly type: "object";
  /** One sentence; shown in editors. */
  readonly description: string;
  readonly fields: Readonly<Record<string, string | ScalarField>>;
  readonly required?: true;
}

/** What one option holds. */
type ValueOf<Field extends OptionField> = Field extends string
  ? string
  : Field extends GroupField
    ? OptionsOf<Field["fields"]>
    : Field extends { readonly enum: readonly (infer Value)[] }
      ? Value
      : Field extends ScalarField
        ? {
            string: string;
            number: number;
            integer: number;
            boolean: boolean;
            "string[]": readonly string[];
          }[Field["type"]]
        : never;

type RequiredNames<Fields> = {
  [Name in keyof Fields]: Fields[Name] extends { readonly required: true } ? Name : never;
}[keyof Fields];

/** The options that a table of fields describes: an option is written once. The table is an object literal `as const`. */
export type OptionsOf<Fields extends Readonly<Record<string, OptionField>>> = {
  readonly [Name in Exclude<keyof Fields, RequiredNames<Fields>>]?: ValueOf<Fields[Name]>;
} & { readonly [Name in RequiredNames<Fields>]: ValueOf<Fields[Name]> };

/** A field for every option that text can express; a function, such as an injected `fetch`, is never configuration. */
export type OptionFields<Options extends object> = {
  readonly [
    Name in keyof Options as Options[Name] extends ((...given: never[]) => unknown) | undefined ? never : Name
  ]-?: OptionField;
};

/**
 * Makes a Standard Schema with both faces from a table of fields, so that a small provider needs no schema library.
 * Unknown options are refused, with the nearest known name; a refusal names the option and never its value.
 * Functions pass unchecked: they come from code, not from configuration.
 */
export function defineOptions<Options extends object>(fields: OptionFields<Options>): OptionsSchema<Options> {
  const table = tableOf(fields);
  const schema = jsonSchema(table);
  return {
    "~standard": {
      version: 1,
      vendor: "vaultlink",
      validate: (value) => validate<Options>(table, value),
      jsonSchema: { input: () => structuredClone(schema), output: () => structuredClone(schema) },
    },
  };
}

type Table = ReadonlyMap<string, ScalarField | GroupField>;

/** The fields by name, each written out. */
function tableOf(fields: Readonly<Record<string, OptionField>>): Table {
  return new Map(
    Object.entries(fields).map(([name, field]) => [
      name,
      typeof field === "string" ? { type: "string", description: field } : field,
    ]),
  );
}

function validate<Options extends object>(table: Table, value: unknown): StandardSchemaV1.Result<Options> {
  if (!isRecord(value)) return { issues: [{ message: "Options must be an object." }] };
  const issues = [...check(table, value, [])];
  return issues.length > 0 ? { issues } : { value: value as Options };
}

function* check(
  table: Table,
  given: Readonly<Record<string, unknown>>,
  parents: readonly string[],
): Generator<StandardSchemaV1.Issue> {
  for (const [name, held] of Object.entries(given)) {
    if (held === undefined || typeof held === "function") continue;
    const field = table.get(name);
    const path = [...parents, name];
    if (field === undefined) yield { message: unknownOption(name, table), path: parents };
    else if (field.type !== "object") {
      if (!fits(field, held)) yield { message: `Option "${path.join(".")}" must be ${expected(field)}.`, path };
    } else if (isRecord(held)) yield* check(tableOf(field.fields), held, path);
    else yield { message: `Option "${path.join(".")}" must be an object.`, path };
  }
  for (const [name, field] of table) {
    const path = [...parents, name];
    if (!field.required || (Object.hasOwn(given, name) && given[name] !== undefined)) continue;
    yield { message: `Option "${path.join(".")}" is required.`, path };
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fits(field: ScalarField, held: unknown): boolean {
  switch (field.type) {
    case "string":
      return typeof held === "string" && held !== "" && (field.enum?.includes(held) ?? true);
    case "string[]":
      return Array.isArray(held) && held.every((item) => typeof item === "string" && item !== "");
    case "boolean":
      return typeof held === "boolean";
    case "integer":
    case "number":
      return (
        typeof held === "number" &&
        (field.type === "integer" ? Number.isSafeInteger(held) : Number.isFinite(held)) &&
        held >= (field.minimum ?? -Infinity) &&
        held <= (field.maximum ?? Infinity)
      );
  }
}

function expected(field: ScalarField): string {
  if (field.enum !== undefined) return `one of ${field.enum.join(", ")}`;
  const range =
    field.minimum !== undefined && field.maximum !== undefined
      ? ` from ${field.minimum} to ${field.maximum}`
      : field.minimum !== undefined
        ? ` of at least ${field.minimum}`
        : field.maximum !== undefined
          ? ` of at most ${field.maximum}`
          : "";
  const kinds = { string: "a string", "string[]": "a list of strings", boolean: "true or false" } as const;
  if (field.type === "integer") return `a whole number${range}`;
  return field.type === "number" ? `a number${range}` : kinds[field.type];
}

function unknownOption(name: string, table: Table): string {
  const near = closestMatch(name, table.keys());
  // What is neither a plain word nor almost an option's name could be a pasted secret: it is not repeated.
  const shown = near !== undefined || /^[a-z][A-Za-z]{0,19}$/.test(name) ? ` "${name}"` : "";
  return near === undefined ? `Unknown option${shown}.` : `Unknown option${shown}; did you mean "${near}"?`;
}

function jsonSchema(table: Table): Record<string, unknown> {
  return { $schema: "https://json-schema.org/draft/2020-12/schema", ...objectSchema(table) };
}

function objectSchema(table: Table): Record<string, unknown> {
  const required = [...table].filter(([, field]) => field.required).map(([name]) => name);
  return {
    type: "object",
    properties: Object.fromEntries([...table].map(([name, field]) => [name, fieldSchema(field)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

function fieldSchema(field: ScalarField | GroupField): Record<string, unknown> {
  if (field.type === "object") {
    return { description: field.description, ...objectSchema(tableOf(field.fields)) };
  }
  const { required: _, otherwise: _text, type, ...rest } = field;
  const described = { ...rest, description: sentencesOf(field) };
  return type === "string[]" ? { type: "array", items: { type: "string" }, ...described } : { type, ...described };
}

/** What a person reads: the sentence, and what an option comes from that is not given. */
function sentencesOf({ description, envVariables = [], otherwise }: ScalarField): string {
  const sources = [envVariables.join(" or "), ...(otherwise === undefined ? [] : [otherwise])].filter(Boolean);
  return sources.length === 0 ? description : `${description} Default: ${sources.join(", else ")}.`;
}
