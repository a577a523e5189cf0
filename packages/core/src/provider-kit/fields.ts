import { SecretError } from "../errors/secret-error.ts";
import { numberText, parseExactJson } from "../reference/select.ts";

/**
 * Parses the body of an answer. Numbers keep their text, so that a field map taken from it can be a document's `value` as
 * it stands: a number that a double would alter, e.g. one beyond 2^53 or `1.50`, is what `JSON.rawJSON` makes, and no
 * `number`. `structuredClone` and messages to other threads refuse those: send the text, and parse it there.
 * Throws `unavailable` for what is not JSON, e.g. a proxy's page, and never quotes it: `JSON.parse` itself puts a piece
 * of the text, maybe of a secret, in its message.
 */
export function parseJson(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    throw new SecretError("unavailable", "The answer is not JSON, so it did not come from the vault.");
  }
}

interface Kinds {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
  readonly object: Readonly<Record<string, unknown>>;
  readonly array: readonly unknown[];
}

/** What a field must be; with a final `?`, it may be absent or `null`. */
export type FieldKind = keyof Kinds | `${keyof Kinds}?`;

type Held<Kind extends FieldKind> = Kind extends `${infer Needed extends keyof Kinds}?`
  ? Kinds[Needed] | undefined
  : Kind extends keyof Kinds
    ? Kinds[Kind]
    : never;

/** What `fieldsOf` gives for the kinds that were wanted. */
export type Fields<Wanted extends Readonly<Record<string, FieldKind>>> = {
  readonly [Name in keyof Wanted]: Held<Wanted[Name]>;
};

/**
 * The fields of a vault's answer, each of the kind it must be. Throws `unavailable` for an answer of another shape: it
 * came from somebody else, and says nothing about the secret.
 */
export function fieldsOf<const Wanted extends Readonly<Record<string, FieldKind>>>(
  answer: unknown,
  wanted: Wanted,
): Fields<Wanted> {
  const held = membersOf(answer);
  const found: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(wanted)) {
    const value = Object.hasOwn(held, name) ? plainNumber(held[name] ?? undefined, kind) : undefined;
    if (value === undefined ? !kind.endsWith("?") : kindOf(value) !== kind.replace("?", "")) {
      throw new SecretError("unavailable", "The answer has not the form of the vault's answers.");
    }
    found[name] = value;
  }
  return found as Fields<Wanted>;
}

/** `parseJson` keeps the digits of a number such as `3600.0`; where a number is wanted, its value counts. */
function plainNumber(value: unknown, kind: FieldKind): unknown {
  const digits = kind.startsWith("number") && typeof value === "object" ? numberText(value) : undefined;
  return digits === undefined ? value : Number(digits);
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "array" : typeof value;
}

/** A JSON object, nothing of which is trusted to have the type it should have. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object, and neither a list nor `null`. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The members of an object, e.g. of a thrown error; none of what is no object. */
export function membersOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The object in a text, with its numbers as `parseJson` keeps them; `undefined` for anything else, e.g. a proxy's page. */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    const parsed = parseExactJson(text);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** A member that should be an object. */
export function objectMember(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const held = object?.[name];
  return isJsonObject(held) ? held : undefined;
}

/** A member that should be text; an empty one counts as absent. */
export function textMember(object: JsonObject | undefined, name: string): string | undefined {
  const held = object?.[name];
  return typeof held === "string" && held !== "" ? held : undefined;
}

/** The members that are not `undefined`: an optional member is left out, where a spread would set it to `undefined`. */
export function definedMembers<Members extends object>(
  members: Members,
): { [Name in keyof Members]?: Exclude<Members[Name], undefined> } {
  const held = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(held) as { [Name in keyof Members]?: Exclude<Members[Name], undefined> };
}
