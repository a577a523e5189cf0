import { performLine } from "./command-line.ts";
import { commands, perform } from "./commands.ts";
import { edited, inserted } from "./edit.ts";
import { settled } from "./layout.ts";
import { distance, moveSelection } from "./moves.ts";
import { openPicker } from "./picker-keys.ts";
import { begin, say, step, toTable } from "./step.ts";
import type { Key, ScreenState, Step, TextEntry } from "./state.ts";

/** Takes a key while a line is typed. */
export function takeEntryKey(state: ScreenState, entry: TextEntry, key: Key): Step {
  switch (key.name) {
    case "escape":
      return step(settled(toTable(entry.purpose.kind === "filter" ? { ...state, filter: "" } : state)));
    case "enter":
      return finish(state, entry);
    case "tab":
      return entry.purpose.kind === "reference" ? openPicker(state, entry.purpose.link) : step(state);
    case "up":
    case "down":
      return entry.purpose.kind === "filter" ? step(moveSelection(state, distance(key, 1) ?? 0)) : step(state);
    default: {
      const line = edited(entry, key);
      return line === undefined ? step(state) : change(state, { ...entry, ...line });
    }
  }
}

/** Takes text that was pasted into a line. */
export const pasteIntoEntry = (state: ScreenState, entry: TextEntry, text: string): Step =>
  change(state, { ...entry, ...inserted(entry, text) });

function change(state: ScreenState, { problem: _problem, ...entry }: TextEntry): Step {
  const filter = entry.purpose.kind === "filter" ? entry.text : state.filter;
  return step(settled({ ...state, filter, panel: { kind: "entry", entry } }));
}

/** The line is complete. */
function finish(state: ScreenState, entry: TextEntry): Step {
  const table = toTable(state);
  const text = entry.text.trim();
  switch (entry.purpose.kind) {
    case "filter":
      return step(table);
    case "command":
      return performLine(table, text);
    case "ttl":
      return text === "" ? step(table) : begin(table, "setting how long values are kept", { kind: "ttl", text });
    case "name": {
      const command = commands().find(({ word }) => word === "link");
      return text === "" || command === undefined ? step(table) : perform(table, command, [text]);
    }
    case "reference": {
      const { link } = entry.purpose;
      if (text === "") return step(say(table, "Nothing was changed."));
      if (link.kind === "link")
        return begin(table, `linking ${link.name}`, { kind: "link", name: link.name, reference: text });
      return begin(table, `reading ${text}`, { kind: "verify", link, reference: text });
    }
  }
}
