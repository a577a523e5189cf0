/** JSON Schema (draft 2020-12) of what commands print with `--json`. */
export type Json = Readonly<Record<string, unknown>>;

/** An object with these members; those whose key ends in `?` may be absent. A later version may have more. */
export function object(description: string, members: Readonly<Record<string, Json>>): Json {
  const names = Object.keys(members);
  const properties = Object.fromEntries(names.map((name) => [name.replace(/\?$/, ""), members[name]]));
  return { description, type: "object", properties, required: names.filter((name) => !name.endsWith("?")) };
}

export const text = (description: string): Json => ({ description, type: "string" });
export const whole = (description: string): Json => ({ description, type: "integer", minimum: 0 });
export const number = (description: string): Json => ({ description, type: "number" });
export const truth = (description: string): Json => ({ description, type: "boolean" });
export const always = (description: string, value: boolean): Json => ({ description, const: value });
export const oneOf = (description: string, values: readonly string[]): Json => ({ description, enum: values });
export const list = (description: string, items: Json): Json => ({ description, type: "array", items });
export const time = (description: string): Json => ({ description, type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT" });
export const nullable = (schema: Json): Json => ({ anyOf: [schema, { type: "null" }] });
export const names = (description: string): Json => list(description, { type: "string" });
