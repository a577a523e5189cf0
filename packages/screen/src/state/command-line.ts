import { closest } from "./closest.ts";
import { commands, perform } from "./commands.ts";
import { say, step } from "./step.ts";
import type { ScreenState, Step } from "./state.ts";

/** Does what was typed behind `:`. */
export function performLine(state: ScreenState, line: string): Step {
  const [word = "", ...operands] = line.trim().split(/\s+/);
  if (word === "") return step(state);
  const command = commands().find((one) => one.word === word || one.key === word);
  if (command !== undefined) return perform(state, command, operands);
  const near = closest(
    word,
    commands().map((one) => one.word),
  );
  return step(
    say(state, `There is no such command${near === undefined ? "; ? shows them." : `; did you mean ${near}?`}`, "bad"),
  );
}
