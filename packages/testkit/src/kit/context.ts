import type { Context, Provider } from "@vaultlink/core/provider";
import type { Variables } from "../subject.ts";
import { covers } from "./environment.ts";

/** What a case may set in a context. */
export type Lent = Partial<Omit<Context, "env">>;

/** A context as core lends it: of the caller's variables only those that `envVariables` names, and nothing else. */
export function lend(provider: Provider, env: Variables = {}, lent: Lent = {}): Context {
  const shown = Object.entries(env).filter(([name]) => covers(provider.envVariables ?? [], name));
  return { signal: new AbortController().signal, env: Object.freeze(Object.fromEntries(shown)), ...lent };
}
