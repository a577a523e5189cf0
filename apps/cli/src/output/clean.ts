/** Removes what drives a terminal from text that is not ours: control characters, line separators, direction marks. */
export function clean(text: string): string {
  return text.replace(CONTROL, "");
}

/** Whether a text holds what `clean` would remove, other than line breaks and tabs. */
export function drivesTerminal(text: string): boolean {
  return CONTROL_BUT_LAYOUT.test(text);
}

/** One line of JSON that drives no terminal: `JSON.stringify` itself escapes only what JSON must not hold. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value).replace(CONTROL, (held) => `\\u${held.charCodeAt(0).toString(16).padStart(4, "0")}`);

const CONTROL = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const CONTROL_BUT_LAYOUT = /(?![\n\r\t])\p{Cc}/u;
