import { hasExpired } from "./rows.ts";
import { say, step, toTable } from "./step.ts";
import type { Effect, ScreenState, Step } from "./state.ts";

/** Takes the time: ages go on, what was shown for a while goes. */
export function takeTick(before: ScreenState, nowMs: number): Step {
  const effects: Effect[] = [];
  let state: ScreenState = { ...before, nowMs };
  const { panel, copied } = state;
  if (panel.kind === "value" && panel.untilMs <= nowMs)
    state = say(toTable(state), "The value was taken off the screen.");
  if (copied !== undefined && copied.untilMs <= nowMs) {
    state = say({ ...state, copied: undefined }, `${copied.name} was taken out of the clipboard.`);
    effects.push({ kind: "clear-clipboard" });
  }
  const expires = before.overview?.links.some((row) => hasExpired(row, state) && !hasExpired(row, before)) === true;
  if (expires) effects.push({ kind: "load" });
  return step(state, ...effects);
}
