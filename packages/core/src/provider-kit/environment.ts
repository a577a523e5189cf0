import type { Context } from "../contract/provider.ts";

/** The variables that `Context.env` lends a provider. */
export type ProviderEnv = Context["env"];

/** The first of these variables that holds more than blanks, without blanks around it. For names, addresses and switches. */
export function variable(env: ProviderEnv, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = env[name]?.trim();
    if (text) return text;
  }
  return undefined;
}

/** The first of these variables that is not empty, to the letter: blanks may belong to a secret or a path. */
export function exactVariable(env: ProviderEnv, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = env[name];
    if (text) return text;
  }
  return undefined;
}

/**
 * Whether a switch is on, as its owner's own tools read it: the words that mean on, in any case. Anything else is off, also
 * a text that is missing.
 */
export function isSwitchedOn(text: string | undefined, words: readonly string[] = ["true"]): boolean {
  return text !== undefined && words.includes(text.toLowerCase());
}
