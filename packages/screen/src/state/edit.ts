import type { Key } from "./state.ts";

/** A line of text and where the next character goes, counted in characters a person sees. */
export interface Line {
  readonly text: string;
  readonly cursor: number;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The characters of a text as a person sees them. */
export const charactersOf = (text: string): readonly string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);

/** A line that ends where the next character goes. */
export const lineOf = (text: string): Line => ({ text, cursor: charactersOf(text).length });

/** A line after text was put in. Line breaks and other control characters are left out. */
export function inserted({ text, cursor }: Line, added: string): Line {
  const characters = charactersOf(text);
  const before = characters.slice(0, cursor).join("") + added.replaceAll(/\p{Cc}/gu, "");
  return { text: before + characters.slice(cursor).join(""), cursor: charactersOf(before).length };
}

/** A line after a key, or `undefined` for a key that does not edit. */
export function edited(line: Line, key: Key): Line | undefined {
  const { text, cursor } = line;
  const characters = charactersOf(text);
  switch (key.name) {
    case undefined:
      return key.text === "" ? undefined : inserted(line, key.text);
    case "left":
      return { text, cursor: Math.max(0, cursor - 1) };
    case "right":
      return { text, cursor: Math.min(characters.length, cursor + 1) };
    case "home":
      return { text, cursor: 0 };
    case "end":
      return { text, cursor: characters.length };
    case "erase":
      return { text: "", cursor: 0 };
    case "backspace":
      return cursor === 0 ? line : { text: without(characters, cursor - 1), cursor: cursor - 1 };
    case "delete":
      return { text: without(characters, cursor), cursor };
    case "up":
    case "down":
    case "page-up":
    case "page-down":
    case "enter":
    case "escape":
    case "tab":
    case "interrupt":
      return undefined;
  }
}

const without = (characters: readonly string[], at: number): string =>
  characters.filter((_, index) => index !== at).join("");
