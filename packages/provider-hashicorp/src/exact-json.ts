/**
 * Parses JSON. A number that a double would write otherwise, e.g. `1.50` or one of 20 digits, is its source text, so that
 * a value stays what the vault stores. Throws a `SyntaxError` that quotes the text.
 */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, keepSource);
}

/** https://tc39.es/proposal-json-parse-with-source/ */
function keepSource(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  return typeof value === "number" && source !== undefined && String(value) !== source ? source : value;
}
