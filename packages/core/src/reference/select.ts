import { SecretError } from "../errors/secret-error.ts";
import type { SecretDocument } from "../contract/provider.ts";

const encoder = new TextEncoder();

/**
 * The bytes a reference asks for: the whole document, or one field of it. A number is given as the vault stores it.
 * Throws `unusable` for a field that is missing or no scalar, and for a document that is not JSON. Never gives the whole
 * document instead.
 */
export function select(value: SecretDocument["value"], field: readonly string[] | undefined): Uint8Array {
  if (field === undefined) {
    if (typeof value === "string") return encoder.encode(value);
    if (value instanceof Uint8Array) return Uint8Array.from(value);
    const fields = namesIn(value);
    throw unusable(`The secret has ${several(value)}${listed(fields)}.`, "field-required", fields);
  }
  let held: unknown = value instanceof Uint8Array || typeof value === "string" ? parseDocument(value) : value;
  for (const name of field) held = member(held, name);
  return encoder.encode(scalar(held));
}

function parseDocument(value: string | Uint8Array): unknown {
  try {
    const text = typeof value === "string" ? value : new TextDecoder("utf-8", { fatal: true }).decode(value);
    // Some editors write a byte order mark, which JSON does not allow.
    const parsed: unknown = parseExactJson(text.replace(/^\uFEFF/, ""));
    if (typeof parsed === "object" && parsed !== null) return parsed;
  } catch {
    // The parser's message would quote the secret.
  }
  throw unusable(
    "The secret is plain text, no JSON document, so it has no fields: leave out # and the field.",
    "not-json",
  );
}

function member(held: unknown, name: string): unknown {
  if (Array.isArray(held) && /^(?:0|[1-9]\d{0,8})$/.test(name) && Number(name) < held.length) return held[Number(name)];
  if (typeof held === "object" && held !== null && !Array.isArray(held) && Object.hasOwn(held, name)) {
    return (held as Readonly<Record<string, unknown>>)[name];
  }
  const fields = namesIn(held);
  throw unusable(`The secret has no such field${listed(fields, "; there are")}.`, "field-missing", fields);
}

/** What a field is usually called. A key of another form may be a value of somebody's. */
const FIELD_NAME = /^[\p{L}_][\p{L}\p{N}_. -]{0,63}$/u;
const MAX_NAMES = 100;
const MAX_SHOWN = 8;

/** The names of fields to choose from. */
function namesIn(held: unknown): readonly string[] {
  if (typeof held !== "object" || held === null || Array.isArray(held)) return [];
  return Object.keys(held)
    .filter((name) => FIELD_NAME.test(name))
    .slice(0, MAX_NAMES);
}

const several = (value: object): string =>
  Object.keys(value).length === 1 ? "one field; name it after #" : "several fields; name one after #";

function listed(fields: readonly string[], before = ""): string {
  if (fields.length === 0) return "";
  const shown = fields.slice(0, MAX_SHOWN).join(", ");
  return `${before}: ${shown}${fields.length > MAX_SHOWN ? ", …" : ""}`;
}

function scalar(held: unknown): string {
  if (typeof held === "string") {
    // A lone surrogate has no UTF-8: the encoder would write another character.
    if (held.isWellFormed()) return held;
    throw unusable("The field is not valid Unicode text.", "not-unicode");
  }
  if (typeof held === "boolean") return String(held);
  const digits = numberText(held);
  if (digits !== undefined) return digits;
  throw unusable("The field is not a string, number or boolean.", "field-not-scalar");
}

const unusable = (message: string, reason: string, fields: readonly string[] = []): SecretError =>
  new SecretError("unusable", message, { reason, ...(fields.length > 0 && { fields }) });

/** What `JSON.rawJSON` makes: a number that keeps its digits. `JSON.stringify` writes it as it was read. */
interface RawNumber {
  readonly rawJSON: string;
}

/** What Node has and the library types of TypeScript 7.0 lack. https://tc39.es/proposal-json-parse-with-source */
interface SourceJson {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): RawNumber;
  isRawJSON(value: unknown): value is RawNumber;
}

const json = JSON as unknown as SourceJson;

/** Matches every number that a double could alter; whole numbers of up to 15 digits never are. */
const ALTERABLE = /\d[.eE]|-0|\d{16}/;

/**
 * Parses JSON without altering numbers. One whose text a double does not give back, such as `12345678901234567890`,
 * `1.50` or `1e3`, becomes what `JSON.rawJSON` makes of it; `JSON.stringify` writes that text again.
 * Throws what `JSON.parse` throws, whose message may quote the text.
 */
export function parseExactJson(text: string): unknown {
  // A reviver makes parsing several times slower, and overflows the stack sooner.
  if (!ALTERABLE.test(text)) return JSON.parse(text);
  return json.parse(text, (_key, value, { source }) =>
    typeof value === "number" && source !== undefined && source !== String(value) ? json.rawJSON(source) : value,
  );
}

/** The digits of a number as they were read; `undefined` for anything else. */
export function numberText(value: unknown): string | undefined {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  // Only numbers are kept raw here; a provider may have put something else into `JSON.rawJSON`.
  return json.isRawJSON(value) && /^[-\d]/.test(value.rawJSON) ? value.rawJSON : undefined;
}
