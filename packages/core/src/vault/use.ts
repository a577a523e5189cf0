import { sameBytes, type SecretValue } from "../secret-value.ts";
import { ageMs } from "../cache/ttl.ts";
import type { Instant, SampledClock } from "../time/clock.ts";
import { SecretError } from "../errors/secret-error.ts";
import type { UseOptions } from "../types.ts";
import type { ValuesOf } from "../value-changes.ts";
import { isHttpLoginFailure } from "./login-failures.ts";

/** A document is not fetched again for this reason more than so often in so many ms, while its newest value is refused too. */
const MAX_REFUSALS = 3;
const WINDOW_MS = 10_000;
const MAX_NAMES = 256;

/**
 * Reads the names of one call, those of one document by one read of it; with `before`, only what was read after these
 * values counts. Rejects with the first failure.
 */
export type ReadNames = (before?: readonly SecretValue[]) => Promise<readonly SecretValue[]>;

/** When the newest value of a name was refused as a login, or was still the one that had been. */
export class RefusedLogins {
  readonly #now: SampledClock;
  readonly #refusals = new Map<string, readonly Instant[]>();

  constructor(now: SampledClock) {
    this.#now = now;
  }

  /** Whether the vault need not be asked again yet. */
  has(name: string): boolean {
    return this.#recent(name).length >= MAX_REFUSALS;
  }

  add(name: string): void {
    const refusals = [...this.#recent(name), this.#now.instant()];
    this.#refusals.delete(name);
    this.#refusals.set(name, refusals);
    const [oldest] = this.#refusals.keys();
    if (this.#refusals.size > MAX_NAMES && oldest !== undefined) this.#refusals.delete(oldest);
  }

  #recent(name: string): readonly Instant[] {
    const now = this.#now.instant();
    return (this.#refusals.get(name) ?? []).filter((at) => ageMs(at, now) < WINDOW_MS);
  }
}

/**
 * Calls `fn` with values. If it fails because one was refused as a login, reads their documents again, and calls `fn` once
 * more if a value is another. Callers that fail with the same read share the next one. The leases of earlier reads go on,
 * since other callers may still use them.
 */
export async function use<Result>(
  names: readonly string[],
  { read, refused }: { readonly read: ReadNames; readonly refused: RefusedLogins },
  fn: (values: readonly SecretValue[]) => Result | Promise<Result>,
  { isLoginFailure = isHttpLoginFailure }: UseOptions,
): Promise<Result> {
  const first = await read();
  try {
    return await fn(first);
  } catch (error) {
    if (!isLoginFailure(error) || names.some((name) => refused.has(name))) throw error;
    // If the vault does not give them, the failed login is what counts.
    const second = await read(first).catch(() => undefined);
    if (second === undefined) throw error;
    try {
      if (!first.every((value, index) => sameBytes(value, second[index] ?? value))) return await fn(second);
    } catch (again) {
      if (isLoginFailure(again)) for (const name of names) refused.add(name);
      throw again;
    }
    for (const name of names) refused.add(name);
    throw error;
  }
}

/** The values of all names. Throws the first failure. */
export function valuesOrThrow(outcomes: ReadonlyArray<PromiseSettledResult<SecretValue>>): readonly SecretValue[] {
  return outcomes.map((outcome) => {
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  });
}

/** One name, or several, as a list. Throws `invalid_config` for none. */
export function namesOf(names: string | readonly string[]): readonly string[] {
  const list: readonly unknown[] = typeof names === "string" ? [names] : names;
  if (Array.isArray(list) && list.length > 0 && list.every((name) => typeof name === "string")) return list;
  throw new SecretError("invalid_config", "Pass the name of a link, or a list of names.");
}

/** The values as whoever gave the names takes them: one for a name, a list for a list. */
export function valuesOf<const Names extends string | readonly string[]>(
  names: Names,
  values: readonly SecretValue[],
): ValuesOf<Names> {
  return (typeof names === "string" ? values[0] : values) as ValuesOf<Names>;
}
