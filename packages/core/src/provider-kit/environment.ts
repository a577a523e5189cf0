import type { Context } from "../contract/provider.ts";

/** The variables that `Context.env` lends a provider. */
export type ProviderEnv = Context["env"];

/** The first of these variables that holds more than blanks, without blanks around it. For names, addresses and switches. */
export function variable(env: ProviderEnv, ...names: readonly string[]): string | undefined {
  return namedVariable(env, names)?.value;
}

/** The same, with its name. */
export function namedVariable(
  env: ProviderEnv,
  names: readonly string[],
): { readonly name: string; readonly value: string } | undefined {
  for (const name of names) {
    const value = env[name]?.trim();
    if (value) return { name, value };
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

/** The variables that a provider declared, and nothing else of the environment. A final `*` makes a prefix. */
export function declaredEnv(envVariables: readonly string[] | undefined, env: ProviderEnv): Record<string, string> {
  const declared = Object.create(null) as Record<string, string>;
  const add = (name: string): void => {
    const value = env[name];
    if (value !== undefined) declared[name] = value;
  };
  const prefixes: string[] = [];
  for (const pattern of envVariables ?? []) {
    if (pattern.endsWith("*")) prefixes.push(pattern.slice(0, -1));
    else add(pattern);
  }
  if (prefixes.length === 0) return declared;
  // Only by name, in one pass: each value of `process.env` costs a system call.
  for (const name of Object.keys(env)) if (prefixes.some((prefix) => name.startsWith(prefix))) add(name);
  return declared;
}
