import { commands, perform } from "./commands.ts";
import { lineOf } from "./edit.ts";
import { settled } from "./layout.ts";
import { distance, moveSelection, pageOf } from "./moves.ts";
import { namesOf, selectedConnection } from "./rows.ts";
import { cancel, step } from "./step.ts";
import type { Key, Purpose, ScreenState, Step } from "./state.ts";

/** Takes a key at the table. */
export function takeTableKey(state: ScreenState, key: Key): Step {
  const by = distance(key, pageOf(state));
  if (by !== undefined) return step(moveSelection(state, by));
  switch (key.name) {
    case "tab":
      return step(settled({ ...state, focus: state.focus === "links" ? "connections" : "links" }));
    case "enter":
      return state.focus === "links" ? performWord(state, "details") : toLinksOf(state);
    case "escape":
      return escape(state);
    case undefined:
      break;
    default:
      return step(state);
  }
  if (key.text === "/") return typing(state, "/", state.filter, { kind: "filter" });
  if (key.text === ":") return typing(state, ":", "", { kind: "command" });
  const command = commands().find((one) => one.key === key.text);
  return command === undefined ? step(state) : perform(state, command);
}

function performWord(state: ScreenState, word: string): Step {
  const command = commands().find((one) => one.word === word);
  return command === undefined ? step(state) : perform(state, command);
}

const typing = (state: ScreenState, label: string, text: string, purpose: Purpose): Step =>
  step({ ...state, notice: undefined, panel: { kind: "entry", entry: { label, ...lineOf(text), purpose } } });

/** From a connection to its links. */
function toLinksOf(state: ScreenState): Step {
  const connection = selectedConnection(state)?.name;
  const [first] = connection === undefined ? [] : namesOf(connection, state);
  return step(settled({ ...state, focus: "links", ...(first !== undefined && { link: first, filter: "" }) }));
}

/** Cancels what is under way, else ends the filter. */
function escape(state: ScreenState): Step {
  if (state.work !== undefined) return cancel(state);
  return step(settled({ ...state, filter: "", notice: undefined }));
}
