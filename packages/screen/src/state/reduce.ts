import { pasteIntoEntry, takeEntryKey } from "./entry-keys.ts";
import { settled } from "./layout.ts";
import { moveSelection, selectAt } from "./moves.ts";
import { takeConfirmKey, takeReadingKey, takeValueKey } from "./panel-keys.ts";
import { takePickerKey } from "./picker-keys.ts";
import { takeResult } from "./results.ts";
import { step } from "./step.ts";
import { pasteIntoSignIn, takeSignInKey } from "./sign-in-keys.ts";
import { takeTableKey } from "./table-keys.ts";
import { takeTick } from "./time.ts";
import type { Event, Key, ScreenState, Step } from "./state.ts";

/** How many rows a turn of the wheel moves. */
const WHEEL = 3;

/** The next state of the window, and what is to be done. Pure: everything else happens by the effects. */
export function reduce(state: ScreenState, event: Event): Step {
  switch (event.kind) {
    case "key":
      return takeKey(state, event.key);
    case "paste":
      return takePaste(state, event.text);
    case "mouse":
      return takeMouse(state, event);
    case "resize":
      return step(settled({ ...state, size: event.size }));
    case "tick":
      return takeTick(state, event.nowMs);
    default:
      return takeResult(state, event);
  }
}

function takeKey(state: ScreenState, key: Key): Step {
  const { panel } = state;
  // Who is asked something gives that up, not the window.
  if (key.name === "interrupt" && panel.kind !== "sign-in") return step({ ...state, ended: true }, { kind: "quit" });
  switch (panel.kind) {
    case "table":
      return takeTableKey(state, key);
    case "help":
    case "details":
      return takeReadingKey(state, panel, key);
    case "value":
      return takeValueKey(state, key);
    case "entry":
      return takeEntryKey(state, panel.entry, key);
    case "picker":
      return takePickerKey(state, panel.picker, key);
    case "confirm":
      return takeConfirmKey(state, panel.confirm, key);
    case "sign-in":
      return takeSignInKey(state, key);
  }
}

/** What is pasted is text where something is typed, and nothing elsewhere: no letter of it is a key. */
function takePaste(state: ScreenState, text: string): Step {
  const { panel } = state;
  if (panel.kind === "entry") return pasteIntoEntry(state, panel.entry, text);
  if (panel.kind === "sign-in") return pasteIntoSignIn(state, text);
  if (panel.kind === "picker") return takePickerKey(state, panel.picker, { text });
  return step(state);
}

function takeMouse(state: ScreenState, { action, row }: Event & { kind: "mouse" }): Step {
  const { panel } = state;
  if (action !== "click") {
    const by = action === "up" ? -WHEEL : WHEEL;
    if (panel.kind === "table") return step(moveSelection(state, by));
    return takeKey(state, { text: "", name: action });
  }
  return step(panel.kind === "table" ? settled(selectAt(state, row)) : state);
}
