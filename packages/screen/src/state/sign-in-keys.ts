import { edited, inserted } from "./edit.ts";
import { cancel, step, toTable } from "./step.ts";
import type { Key, ScreenState, SignIn, Step } from "./state.ts";

/** Takes a key while a sign-in is shown: it goes into the answer, if something is asked. */
export function takeSignInKey(state: ScreenState, key: Key): Step {
  const { signIn } = state;
  if (signIn === undefined || key.name === "escape" || key.name === "interrupt") return cancel(toTable(state));
  if (signIn.question === undefined) return takeWaitingKey(state, signIn, key);
  if (key.name === "enter") {
    const answered = { ...signIn, question: undefined, text: "", cursor: 0 };
    return step({ ...state, signIn: answered }, { kind: "answer", text: signIn.text });
  }
  const line = edited(signIn, key);
  return step(line === undefined ? state : { ...state, signIn: { ...signIn, ...line } });
}

/** While a page is waited for, there is the table to go to, and the address to take. */
function takeWaitingKey(state: ScreenState, { page }: SignIn, { name, text }: Key): Step {
  if (name === "tab") return step(toTable(state));
  return name === undefined && text === "y" && page !== undefined
    ? step(state, { kind: "copy-page", page })
    : step(state);
}

/** Takes text that was pasted as an answer. */
export function pasteIntoSignIn(state: ScreenState, text: string): Step {
  const { signIn } = state;
  if (signIn?.question === undefined) return step(state);
  return step({ ...state, signIn: { ...signIn, ...inserted(signIn, text) } });
}
