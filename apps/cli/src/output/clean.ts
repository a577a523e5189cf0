/** Removes what drives a terminal from text that is not ours: control characters, line separators, direction marks. */
export function clean(text: string): string {
  return text.replace(CONTROL, "");
}

/** Whether a text holds what `clean` would remove, other than line breaks and tabs. */
export function drivesTerminal(text: string): boolean {
  return CONTROL_BUT_LAYOUT.test(text);
}

const CONTROL = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const CONTROL_BUT_LAYOUT = /(?![\n\r\t])\p{Cc}/u;
