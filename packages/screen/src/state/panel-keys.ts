import { edited, inserted } from "./edit.ts";
import { distance } from "./moves.ts";
import { begin, say, step, toTable } from "./step.ts";
import type { Confirm, Key, Panel, ScreenState, SignIn, Step } from "./state.ts";

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

/** Takes a key while a sign-in is under way: it goes into the answer, if something is asked. */
export function takeSignInKey(state: ScreenState, signIn: SignIn, key: Key): Step {
  if (key.name === "escape") {
    return step(say(toTable({ ...state, work: undefined }), "Signing in was cancelled; nothing was changed."), {
      kind: "cancel",
    });
  }
  if (signIn.question === undefined) return step(state);
  if (key.name === "enter") {
    const answered = { ...signIn, question: undefined, text: "", cursor: 0 };
    return step({ ...state, panel: { kind: "sign-in", signIn: answered } }, { kind: "answer", text: signIn.text });
  }
  const line = edited(signIn, key);
  return line === undefined
    ? step(state)
    : step({ ...state, panel: { kind: "sign-in", signIn: { ...signIn, ...line } } });
}

/** Takes text that was pasted as an answer. */
export function pasteIntoSignIn(state: ScreenState, signIn: SignIn, text: string): Step {
  if (signIn.question === undefined) return step(state);
  return step({ ...state, panel: { kind: "sign-in", signIn: { ...signIn, ...inserted(signIn, text) } } });
}

const closes = ({ name, text }: Key): boolean => name === "escape" || (name === undefined && text === "q");
