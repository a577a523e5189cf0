import * as actions from "./actions.ts";
import type { ScreenState, Step } from "./state.ts";
import { say, step } from "./step.ts";

/** Something the window does: by its key for what is selected, and behind `:` for what is named. */
export interface Command {
  readonly word: string;
  readonly key?: string;
  /** What may follow the word. */
  readonly operands?: string;
  readonly summary: string;
  /** Whether `--readonly` refuses it. */
  readonly changes: boolean;
  readonly run: (state: ScreenState, operands: readonly string[]) => Step;
}

const COMMANDS: readonly Command[] = [
  {
    word: "details",
    key: "d",
    operands: "[NAME]",
    summary: "What is known of a link",
    changes: false,
    run: actions.details,
  },
  {
    word: "link",
    key: "n",
    operands: "[NAME [REFERENCE]]",
    summary: "Link a new name",
    changes: true,
    run: actions.link,
  },
  {
    word: "relink",
    key: "e",
    operands: "[NAME [REFERENCE]]",
    summary: "Point a name elsewhere",
    changes: true,
    run: actions.relink,
  },
  { word: "unlink", key: "u", operands: "[NAME]", summary: "Forget a name", changes: true, run: actions.unlink },
  {
    word: "reset",
    key: "r",
    operands: "[NAME or CONNECTION]",
    summary: "Drop kept values of what is selected",
    changes: true,
    run: actions.reset,
  },
  { word: "reset-all", key: "R", summary: "Drop every kept value", changes: true, run: actions.resetAll },
  {
    word: "ttl",
    key: "t",
    operands: "[MINUTES]",
    summary: "How long values are kept",
    changes: true,
    run: actions.ttl,
  },
  {
    word: "reauth",
    key: "a",
    operands: "[CONNECTION]",
    summary: "Sign in to the connection again",
    changes: true,
    run: actions.reauth,
  },
  {
    word: "disconnect",
    key: "x",
    operands: "[CONNECTION]",
    summary: "Disconnect the connection",
    changes: true,
    run: actions.disconnect,
  },
  {
    word: "reveal",
    key: "v",
    operands: "[NAME]",
    summary: "Show the value for 30 seconds",
    changes: false,
    run: actions.showValue,
  },
  {
    word: "copy",
    key: "y",
    operands: "[NAME]",
    summary: "Copy the value for 30 seconds",
    changes: false,
    run: actions.copy,
  },
  {
    word: "mouse",
    key: "m",
    operands: "[on or off]",
    summary: "Switch the mouse on or off",
    changes: false,
    run: actions.mouse,
  },
  { word: "help", key: "?", summary: "Show the keys", changes: false, run: actions.help },
  { word: "quit", key: "q", summary: "Close the window", changes: false, run: actions.quit },
];

/** Every command, in the order of the help. */
export const commands = (): readonly Command[] => COMMANDS;

/** Does what a command says, unless the window may change nothing. */
export function perform(state: ScreenState, command: Command, operands: readonly string[] = []): Step {
  if (command.changes && state.settings.readonly) {
    return step(say(state, `The window is read-only: ${command.word} is off.`, "bad"));
  }
  return command.run(state, operands);
}
