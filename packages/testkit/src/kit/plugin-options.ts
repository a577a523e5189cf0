import { isRecord, fail } from "./expect.ts";
import type { SubjectPlugin } from "../subject.ts";

/** A part of a JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

/** How the options describe themselves. */
export function schemaOf(plugin: SubjectPlugin): Schema {
  return plugin.options["~standard"].jsonSchema.input({ target: "draft-2020-12" });
}

/** Every option, those of groups included, e.g. `auth.token`. */
export function* properties(plugin: SubjectPlugin): Generator<readonly [string, Schema]> {
  yield* within(schemaOf(plugin), "");
}

function* within(schema: Schema, parents: string): Generator<readonly [string, Schema]> {
  const held = schema["properties"];
  if (!isRecord(held)) return;
  for (const [name, property] of Object.entries(held)) {
    if (!isRecord(property)) continue;
    yield [`${parents}${name}`, property];
    yield* within(property, `${parents}${name}.`);
  }
}

/** What the options' own check says; it says so, whatever it is given. */
export async function validated(plugin: SubjectPlugin, given: unknown): Promise<{ readonly issues?: Issues }> {
  try {
    return (await plugin.options["~standard"].validate(given)) as { readonly issues?: Issues };
  } catch {
    return fail("Checking options threw. What is wrong with them is told as `issues`, and they are left as they are.");
  }
}

/** What is wrong with options. */
export type Issues = ReadonlyArray<{ readonly message: string; readonly path?: Parameters<typeof steps>[0] }>;

/** Options that cannot be changed, those of groups included. */
export function frozen(options: Readonly<Record<string, unknown>>): object {
  return Object.freeze(
    Object.fromEntries(Object.entries(options).map(([name, held]) => [name, isRecord(held) ? frozen(held) : held])),
  );
}

/** Options in which one has this value. */
export function nested(option: string, value: unknown): Record<string, unknown> {
  const [name = "", ...rest] = option.split(".");
  return { [name]: rest.length === 0 ? value : nested(rest.join("."), value) };
}

/** A path of Standard Schema, as an option is written. */
export function steps(path: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined): string {
  return (path ?? []).map((step) => String(typeof step === "object" ? step.key : step)).join(".");
}
