import type { Format } from "./format.ts";

/** One object (RFC 8259). */
export const JSON_OBJECT: Format = {
  isEnvironment: false,
  ...{ before: "{", between: ",", after: "\n}\n" },
  entry: (name, value) => `\n  ${text(name)}: ${text(value)}`,
};

/**
 * A mapping (YAML 1.2, chapter 7.3.1). Names and values are in double quotes, where YAML reads JSON's escapes: no value is taken
 * for a number, and no name, such as `NO`, for a boolean.
 */
export const YAML: Format = {
  isEnvironment: false,
  entry: (name, value) => `${text(name)}: ${text(value)}\n`,
};

/** JSON escapes what it must; the others are what YAML calls not printable, or would drive a terminal. */
function text(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
