import { styleText } from "node:util";
import type { Env } from "@vaultlink/core";

/** Colours a text, or gives it back as it is. */
export type Stylize = (style: Parameters<typeof styleText>[0], text: string) => string;

/**
 * Colours where a person sees them. `FORCE_COLOR` wins over `NO_COLOR` (https://no-color.org), as Node has it; without
 * either, a terminal that can is coloured.
 */
export function stylizer(env: Env, isTerminal: boolean): Stylize {
  const on = wantsColour(env, isTerminal);
  return (style, text) => (on ? styleText(style, text, { validateStream: false }) : text);
}

function wantsColour(env: Env, isTerminal: boolean): boolean {
  const force = env["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  if (env["NO_COLOR"]) return false;
  return isTerminal && env["TERM"] !== "dumb";
}
