/** Which forms of a value are looked for. */
export interface Forms {
  /** Hexadecimal, too, in lower and in upper case. @default false */
  readonly hex?: boolean;
}

/** Bytes below which a value, or a form of it, is not masked: it would be found everywhere. */
export const SHORTEST = 4;
/** Bytes below which a line of a longer value is not masked by itself. */
const SHORTEST_LINE = 8;

/**
 * What is looked for to mask one value: the value, its longer lines, and the forms in which programs write it: JSON, URLs and
 * forms, base64. Nothing for a value under 4 bytes.
 */
export function patternsOf(value: Uint8Array, { hex = false }: Forms = {}): readonly Uint8Array[] {
  if (value.length < SHORTEST) return [];
  const bytes = Buffer.from(value);
  // latin1 text stands for bytes one to one, which makes texts of them comparable.
  const found = new Set<string>([bytes.toString("latin1")]);
  for (const line of linesOf(bytes)) found.add(line);
  const text = decode(bytes);
  if (text === undefined) found.add(percentEncoded(bytes));
  else if (!UNRESERVED.test(text)) for (const form of [...jsonForms(text), ...urlForms(text)]) found.add(form);
  for (const form of base64Forms(bytes)) found.add(form);
  if (hex) for (const form of [bytes.toString("hex"), bytes.toString("hex").toUpperCase()]) found.add(form);
  return [...found].filter((one) => one.length >= SHORTEST).map((one) => Buffer.from(one, "latin1"));
}

/** What JSON, URLs and forms leave as it is. */
const UNRESERVED = /^[A-Za-z0-9._-]*$/;

function linesOf(bytes: Buffer): readonly string[] {
  const lines = bytes.toString("latin1").split(/\r?\n/);
  return lines.length === 1 ? [] : lines.filter((line) => line.length >= SHORTEST_LINE);
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(bytes: Buffer): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Inside a JSON string (RFC 8259, section 7): as most programs write it, and in ASCII alone, as Python's `json.dumps` does. */
function jsonForms(text: string): readonly string[] {
  const plain = JSON.stringify(text).slice(1, -1);
  const ascii = plain.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return [Buffer.from(plain).toString("latin1"), ascii];
}

/** In a URL: as `encodeURIComponent` has it, by RFC 3986 (section 2.3), and in a form (WHATWG URL, urlencoded serializing). */
function urlForms(text: string): readonly string[] {
  const component = encodeURIComponent(text);
  const strict = component.replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  return [component, strict, new URLSearchParams([["", text]]).toString().slice(1)];
}

const percentEncoded = (bytes: Buffer): string =>
  [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");

/**
 * In base64 (RFC 4648, sections 4 and 5), wherever in the encoded text it begins: what comes before it and after it shifts its
 * bits, so of each of the three shifts those characters count that depend on the value alone; at the end of the text one more.
 */
function* base64Forms(bytes: Buffer): Generator<string> {
  for (const before of [0, 1, 2]) {
    const shifted = Buffer.concat([Buffer.alloc(before), bytes]);
    const first = Math.ceil((before * 8) / 6);
    const own = Math.floor(((before + bytes.length) * 8) / 6);
    for (const text of [shifted.toString("base64").replace(/=+$/, ""), shifted.toString("base64url")]) {
      yield text.slice(first, own);
      yield text.slice(first);
    }
  }
}
