import { SecretError } from "../errors/secret-error.ts";
import type { Locator } from "../contract/provider.ts";

/** A parsed reference: `connection://path?query#field`. */
export interface Reference {
  readonly connection: string;
  readonly locator: Locator;
  /** Names of the members to walk, outermost first; absent means the whole document. */
  readonly field?: readonly string[];
}

const MAX_LENGTH = 4096;
const SCHEME = /^([a-z][a-z0-9+.-]{0,62}):\/\//;
const CONNECTION = /^[a-z][a-z0-9-]{0,62}$/;

/** Whether a text can name a connection: lower-case letters, digits and hyphens, but not `http` or `https`. */
export function isConnectionName(text: string): boolean {
  return CONNECTION.test(text) && text !== "http" && text !== "https";
}

/** The scheme of a reference, or `undefined` where the text is no reference, e.g. a link's name or an ARN. */
export function schemeOf(text: string): string | undefined {
  const scheme = SCHEME.exec(text)?.[1];
  return scheme !== undefined && isConnectionName(scheme) ? scheme : undefined;
}

/**
 * Parses a reference. Percent-encoding is decoded once; names are kept byte for byte otherwise (no Unicode normalisation).
 * Throws `invalid_reference`, and never quotes the text: it may be a value pasted by mistake.
 */
export function parseReference(text: string): Reference {
  if (text.length > MAX_LENGTH) throw malformed("A reference has at most 4096 characters.");
  if (hasControl(text)) throw malformed("A reference holds no control characters.");
  const connection = schemeOf(text);
  if (connection === undefined) throw malformed("A reference looks like connection://path#field.");
  const rest = text.slice(connection.length + 3);
  const [beforeField, field] = cut(rest, "#");
  const [rawPath, rawQuery] = cut(beforeField, "?");
  return {
    connection,
    locator: { path: parsePath(rawPath), query: parseQuery(rawQuery) },
    ...(field !== undefined && { field: parseField(field) }),
  };
}

/** Parses what follows `#`: `password`, or a JSON Pointer such as `/database/password` (RFC 6901). */
export function parseField(text: string): readonly string[] {
  if (!text.startsWith("/")) {
    const name = decode(text);
    if (name === "") throw malformed("A field after # has a name.");
    return [name];
  }
  return text
    .slice(1)
    .split("/")
    .map((part) => {
      const decoded = decode(part);
      if (/~(?![01])/.test(decoded)) throw malformed("In a JSON Pointer, ~ is written ~0 and / is written ~1.");
      return decoded.replaceAll("~1", "/").replaceAll("~0", "~");
    });
}

function parsePath(raw: string): string {
  const segments = raw.split("/").map(decode);
  for (const segment of segments) {
    if (segment === "") throw malformed("A reference has no empty path segments.");
    if (segment === "." || segment === "..") throw malformed("A reference has no . or .. segments.");
    // An encoded slash would be taken for a border between segments.
    if (segment.includes("/")) throw malformed("A path segment holds no slash.");
  }
  return segments.join("/");
}

function parseQuery(raw: string | undefined): Readonly<Record<string, string>> {
  const query = new Map<string, string>();
  if (raw !== undefined) {
    for (const pair of raw.split("&")) {
      const [key, value] = cut(pair, "=");
      const name = decode(key);
      if (name === "" || value === undefined) throw malformed("A qualifier is written ?name=value.");
      if (query.has(name)) throw malformed("A qualifier is given once.");
      query.set(name, decode(value));
    }
  }
  // No prototype: a qualifier named __proto__ is a qualifier.
  const plain = Object.create(null) as Record<string, string>;
  for (const name of [...query.keys()].toSorted()) plain[name] = query.get(name) as string;
  return plain;
}

function decode(text: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    throw malformed("In a reference, % is written %25.");
  }
  if (hasControl(decoded)) throw malformed("A reference holds no control characters.");
  return decoded;
}

/** Control characters, line separators and lone surrogates: they confuse terminals or encoders. */
function hasControl(text: string): boolean {
  return /[\p{Cc}\u2028\u2029]/u.test(text) || !text.isWellFormed();
}

function cut(text: string, at: string): [string, string | undefined] {
  const index = text.indexOf(at);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

const malformed = (message: string): SecretError =>
  new SecretError("invalid_reference", message, { hint: "vaultlink link --help" });

/** One string per document: length-prefixed, so that different locators never give the same one. Query keys are sorted. */
export function canonicalLocator({ path, query }: Locator): string {
  const parts = [path];
  for (const name of Object.keys(query).toSorted()) parts.push(name, query[name] ?? "");
  return parts.map((part) => `${part.length}:${part}`).join("");
}

/** Encodes a locator's path for a URL, segment by segment, so that `?`, `#` and `%` in a name stay part of the name. */
export function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
