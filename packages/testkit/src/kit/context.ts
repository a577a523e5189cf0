import type { Context, Provider } from "@vaultlink/core/provider";
import type { Variables } from "../subject.ts";
import { currentCase } from "./current-case.ts";
import { covers } from "./environment.ts";

/** What a case may set in a context. */
export type Lent = Partial<Omit<Context, "env">>;

/**
 * A context as core lends it: of the caller's variables only those that `envVariables` names, and nothing else. The signal
 * aborts when the case's time is over. What is asked for and not named is noted, so that a failure can say why.
 */
export function lend(provider: Provider, env: Variables = {}, { signal, ...lent }: Lent = {}): Context {
  const current = currentCase();
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (covers(provider.envVariables ?? [], name)) shown[name] = value;
    else {
      Object.defineProperty(shown, name, {
        enumerable: false,
        get: () => void current?.undeclared.add(name),
      });
    }
  }
  const signals = [signal, current?.signal].filter((given) => given !== undefined);
  const [first = new AbortController().signal, ...more] = signals;
  const context = { signal: more.length === 0 ? first : AbortSignal.any(signals), env: Object.freeze(shown), ...lent };
  return Object.freeze(context);
}
