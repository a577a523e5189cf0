import { expect, it } from "vitest";
import { edited, lineOf } from "../src/state/edit.ts";
import type { Key } from "../src/state/state.ts";

const typed = (text: string, ...names: readonly NonNullable<Key["name"]>[]): { text: string; cursor: number } =>
  names.reduce((line, name) => edited(line, { text: "", name }) ?? line, lineOf(text));

it("moves and deletes by what a person sees as one character", () => {
  expect(typed("a👩‍👩‍👧b", "left", "backspace")).toEqual({ text: "ab", cursor: 1 });
  expect(typed("e\u0301x", "home", "delete")).toEqual({ text: "x", cursor: 0 });
  expect(typed("abc", "erase")).toEqual({ text: "", cursor: 0 });
  expect(typed("abc", "home", "left", "end", "right", "backspace")).toEqual({ text: "ab", cursor: 2 });
});
