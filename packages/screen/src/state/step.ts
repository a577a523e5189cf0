import type { Problem } from "../source.ts";
import { type Effect, type Notice, type ScreenState, type Step, TABLE } from "./state.ts";

/** The state goes on as it is given, and these things are to be done. */
export const step = (state: ScreenState, ...effects: readonly Effect[]): Step => ({ state, effects });

/** Says something below the table. */
export const say = (state: ScreenState, text: string, mood: Notice["mood"] = "plain"): ScreenState => ({
  ...state,
  notice: { text, mood },
});

/** Says what failed, and what helps. */
export const complain = (state: ScreenState, { message, hint }: Problem): ScreenState =>
  say(state, hint === undefined ? message : `${message} Try: ${hint}`, "bad");

/** The table, with nothing open before it. */
export const toTable = (state: ScreenState): ScreenState => ({ ...state, panel: TABLE });

/** What reads, or asks a person, and has changed nothing until it ends. */
const STOPPABLE: ReadonlySet<Effect["kind"]> = new Set(["reveal", "copy", "verify", "sign-in"]);

/** Gives up what is under way; says so where that cannot be stopped. */
export function cancel(state: ScreenState): Step {
  if (state.work !== undefined && !state.isStoppable) {
    return step(say(state, `This cannot be stopped any more: ${state.work}.`, "bad"));
  }
  const text = state.signIn === undefined ? "Cancelled." : "Signing in was cancelled; nothing was changed.";
  return step(say({ ...state, work: undefined, signIn: undefined }, text), { kind: "cancel" });
}

/** Begins something that takes time, one at a time: what is under way and can be stopped is cancelled with Esc. */
export function begin(state: ScreenState, work: string, effect: Effect): Step {
  if (state.work !== undefined) {
    return step(say(state, `Still at it: ${state.work}.${state.isStoppable ? " Esc cancels." : ""}`, "bad"));
  }
  return step({ ...state, work, isStoppable: STOPPABLE.has(effect.kind), notice: undefined }, effect);
}
