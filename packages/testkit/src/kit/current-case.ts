import { type Scope, scope } from "./scope.ts";

/** What is known about the case that runs. */
export interface CurrentCase {
  /** Aborts when its time is over. */
  readonly signal: AbortSignal;
  /** Calls that have not settled, by what they are called, e.g. `` `read` ``. */
  readonly pending: Map<symbol, string>;
  /** Variables that the provider asked `context.env` for, that the caller has, and that `envVariables` does not name. */
  readonly undeclared: Set<string>;
}

const cases: Scope<CurrentCase> = scope();

/** Runs a case; everything it causes finds it with `currentCase`. */
export function runCase<T>(current: CurrentCase, run: () => Promise<T>): Promise<T> {
  return cases.run(current, run);
}

/** The case that caused what happens now. */
export function currentCase(): CurrentCase | undefined {
  return cases.current();
}

/** Notes that a call is pending until it settles; returns it. */
export function pending<T>(what: string, call: Promise<T>): Promise<T> {
  const current = currentCase();
  if (current === undefined) return call;
  const key = Symbol(what);
  current.pending.set(key, what);
  return call.finally(() => current.pending.delete(key));
}
