import type { Key as InkKey } from "ink";
import { charactersOf } from "../state/edit.ts";
import type { Key } from "../state/state.ts";

/** What Ink says of an input, as keys of the window: what was typed fast may come as one text. */
export function keysOf(input: string, key: InkKey): readonly Key[] {
  if (key.eventType === "release") return [];
  const name = nameOf(input, key);
  if (name !== undefined) return [{ text: "", name }];
  if (key.ctrl || key.meta) return [];
  return charactersOf(input).map(keyOf);
}

function nameOf(input: string, key: InkKey): Key["name"] {
  if (key.ctrl && input === "c") return "interrupt";
  if (key.ctrl && input === "u") return "erase";
  if (key.upArrow) return "up";
  if (key.downArrow) return "down";
  if (key.leftArrow) return "left";
  if (key.rightArrow) return "right";
  if (key.pageUp) return "page-up";
  if (key.pageDown) return "page-down";
  if (key.home) return "home";
  if (key.end) return "end";
  if (key.return) return "enter";
  if (key.escape) return "escape";
  if (key.tab) return "tab";
  // Terminals send DEL for the key that deletes to the left.
  if (key.backspace) return "backspace";
  if (key.delete) return "delete";
  return undefined;
}

/** Keys that come as one character, also amid others that were typed as fast. */
const CONTROLS: Readonly<Record<string, Key["name"]>> = {
  "\r": "enter",
  "\n": "enter",
  "\r\n": "enter",
  "\t": "tab",
  "\u007f": "backspace",
  "\b": "backspace",
  "\u0003": "interrupt",
  "\u0015": "erase",
  "\u001b": "escape",
};

function keyOf(character: string): Key {
  const name = CONTROLS[character];
  return name === undefined ? { text: character } : { text: "", name };
}
