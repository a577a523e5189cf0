import type { Mood } from "../source.ts";
import type { Drawing } from "./drawing.ts";
import type { Style } from "./line.ts";

const GLYPHS: Readonly<Record<Mood, readonly [unicode: string, ascii: string]>> = {
  good: ["●", "*"],
  idle: ["○", "o"],
  busy: ["◐", "~"],
  bad: ["✗", "x"],
};

export const STYLES: Readonly<Record<Mood, Style>> = { good: "good", idle: "dim", busy: "busy", bad: "bad" };

/** A state as a glyph and a word: never as a colour alone. */
export function stateText(mood: Mood, word: string, { unicode }: Pick<Drawing, "unicode">): string {
  const [glyph, ascii] = GLYPHS[mood];
  return `${unicode ? glyph : ascii} ${word}`;
}
