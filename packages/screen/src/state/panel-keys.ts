import { distance } from "./moves.ts";
import { begin, say, step, toTable } from "./step.ts";
import type { Confirm, Key, Panel, ScreenState, Step } from "./state.ts";

/** Takes a key while something is read: it scrolls, or closes. */
export function takeReadingKey(state: ScreenState, panel: Panel & { kind: "help" | "details" }, key: Key): Step {
  if (closes(key) || (key.name === undefined && key.text === "?")) return step(toTable(state));
  const by = distance(key, Math.max(1, state.size.rows - 4));
  if (by === undefined) return step(state);
  // How far it can go is known where it is drawn.
  const top = Math.max(0, Math.min(1_000, panel.top + Math.max(-1_000, Math.min(1_000, by))));
  return step({ ...state, panel: { ...panel, top } });
}

/** Takes a key while a value is shown: any that closes takes it off the screen. */
export const takeValueKey = (state: ScreenState, key: Key): Step =>
  step(closes(key) || key.name === "enter" ? say(toTable(state), "The value was taken off the screen.") : state);

/** Takes a key while something is asked that only `y` agrees to. */
export function takeConfirmKey(state: ScreenState, { effect, work }: Confirm, key: Key): Step {
  if (key.name === undefined && key.text === "y") return begin(toTable(state), work, effect);
  if (closes(key) || key.name === "enter" || key.text === "n") return step(say(toTable(state), "Nothing was changed."));
  return step(state);
}

const closes = ({ name, text }: Key): boolean => name === "escape" || (name === undefined && text === "q");
