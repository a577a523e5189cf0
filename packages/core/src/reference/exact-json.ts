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
