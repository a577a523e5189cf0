import { closestMatch } from "@vaultlink/core/internal";
import type { Node } from "jsonc-parser";
import type { Schema, SchemaType } from "./schema/types.ts";
import { type Member, members } from "./tree.ts";

/** One thing a file says wrongly. */
export interface ValidationIssue {
  readonly offset: number;
  /** Names keys, never values. */
  readonly sentence: string;
}

/** Everything a file says wrongly, in its order. Keys given twice count: which one wins is not for a reader to guess. */
export function* validate(node: Node, schema: Schema, path: readonly string[] = []): Generator<ValidationIssue> {
  const fitting = schema.anyOf === undefined ? schema : schema.anyOf.find((one) => hasType(node, one.type));
  if (fitting === undefined || !hasType(node, fitting.type)) {
    yield { offset: node.offset, sentence: `${named(path)} must be ${expected(schema)}.` };
  } else if (node.type === "object") yield* object(node, fitting, path);
  else if (node.type === "array") {
    const { items = {}, minItems = 0 } = fitting;
    if ((node.children ?? []).length < minItems) {
      yield { offset: node.offset, sentence: `${named(path)} must not be empty.` };
    }
    for (const [index, item] of (node.children ?? []).entries()) yield* validate(item, items, [...path, String(index)]);
  } else yield* scalar(node, fitting, path);
}

function* object(node: Node, schema: Schema, path: readonly string[]): Generator<ValidationIssue> {
  const { properties = {}, additionalProperties: others = true, required = [] } = schema;
  const seen = new Set<string>();
  for (const member of members(node)) {
    const { key, keyNode, value } = member;
    if (seen.has(key)) yield { offset: keyNode.offset, sentence: `${named([...path, key])} is given twice.` };
    seen.add(key);
    if (Object.hasOwn(properties, key)) yield* validate(value, properties[key] ?? {}, [...path, key]);
    else if (others === false) yield unknownKey(member, Object.keys(properties));
    else {
      yield* name(member, schema.propertyNames);
      if (others !== true) yield* validate(value, others, [...path, key]);
    }
  }
  for (const key of required) {
    if (!seen.has(key)) yield { offset: node.offset, sentence: `${named([...path, key])} is missing.` };
  }
}

function* scalar(node: Node, schema: Schema, path: readonly string[]): Generator<ValidationIssue> {
  const value: unknown = node.value;
  const issue = (rest: string): ValidationIssue => ({ offset: node.offset, sentence: `${named(path)} ${rest}` });
  if (schema.const !== undefined && value !== schema.const) yield issue(`must be ${schema.const}.`);
  if (schema.enum !== undefined && !schema.enum.some((one) => one === value)) {
    yield issue(`must be one of ${schema.enum.join(", ")}.`);
  }
  if (typeof value === "string" && schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value)) {
    yield { offset: node.offset, sentence: schema.patternErrorMessage ?? `${named(path)} is malformed.` };
  }
  if (typeof value === "number") {
    if (value < (schema.minimum ?? -Infinity)) yield issue(`must be at least ${schema.minimum}.`);
    if (value > (schema.maximum ?? Infinity)) yield issue(`must be at most ${schema.maximum}.`);
  }
}

function* name({ key, keyNode }: Member, names: Schema | undefined): Generator<ValidationIssue> {
  if (names?.pattern === undefined || new RegExp(names.pattern, "u").test(key)) return;
  yield { offset: keyNode.offset, sentence: names.patternErrorMessage ?? "A name is malformed." };
}

function unknownKey({ key, keyNode }: Member, known: readonly string[]): ValidationIssue {
  const near = closestMatch(key, known);
  const shown = isShown(key) ? ` "${key}"` : "";
  const suggestion = near === undefined ? `known here: ${known.join(", ")}` : `did you mean "${near}"?`;
  return { offset: keyNode.offset, sentence: `Unknown key${shown}; ${suggestion}${near === undefined ? "." : ""}` };
}

/** Whether a key may be repeated: what does not look like one could be a pasted secret. */
const isShown = (key: string): boolean => /^[A-Za-z$_][A-Za-z0-9_.$-]{0,39}$/.test(key);

const named = (path: readonly string[]): string =>
  path.length === 0 ? "The file" : `"${path.map((key) => (isShown(key) || /^\d+$/.test(key) ? key : "…")).join(".")}"`;

function hasType(node: Node, type: SchemaType | undefined): boolean {
  if (type === undefined) return true;
  if (type === "integer") return node.type === "number" && Number.isSafeInteger(node.value);
  return node.type === type;
}

const PHRASES: Readonly<Record<SchemaType, string>> = {
  array: "a list",
  boolean: "true or false",
  integer: "a whole number",
  null: "null",
  number: "a number",
  object: "an object",
  string: "a text",
};

const expected = ({ type, anyOf = [] }: Schema): string =>
  [type, ...anyOf.map((one) => one.type)].flatMap((one) => (one === undefined ? [] : [PHRASES[one]])).join(" or ");
