import stringWidth from "string-width";
import { charactersOf } from "../state/edit.ts";

const PLAIN = /^[\u0020-\u007e]*$/;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Ends a right-to-left text, so that a terminal which orders such text leaves the column behind it alone. */
const LEFT_TO_RIGHT_MARK = "\u200e";

/** How many columns of a terminal a text takes. */
export const widthOf = (text: string): number => (PLAIN.test(text) ? text.length : stringWidth(text));

/** A text in exactly so many columns: cut with `…`, or filled with blanks. */
export function fit(text: string, width: number): string {
  const cut = truncate(text, width);
  const mark = RIGHT_TO_LEFT.test(cut) ? LEFT_TO_RIGHT_MARK : "";
  return cut + mark + " ".repeat(Math.max(0, width - widthOf(cut)));
}

/** A text in at most so many columns. */
export function truncate(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (width <= 1) return width === 1 ? "…" : "";
  let cut = "";
  let used = 0;
  for (const character of charactersOf(text)) {
    used += widthOf(character);
    if (used > width - 1) break;
    cut += character;
  }
  return `${cut}…`;
}

/** A text in lines of at most so many columns, broken at blanks where that can be. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = chunks(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
  }
  return [...lines, line];
}

/** A text in pieces of at most so many columns, broken anywhere. */
export function chunks(text: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  let used = 0;
  for (const character of charactersOf(text)) {
    const wide = widthOf(character);
    if (used + wide > width && piece !== "") {
      pieces.push(piece);
      piece = "";
      used = 0;
    }
    piece += character;
    used += wide;
  }
  return [...pieces, piece];
}

/** A text whose control characters are seen instead of obeyed. */
export const visible = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (held) => {
    const code = held.codePointAt(0) ?? 0;
    return code < 0x20 ? String.fromCodePoint(0x2400 + code) : code === 0x7f ? "␡" : "�";
  });
