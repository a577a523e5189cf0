import type { SecretError } from "../../src/errors/secret-error.ts";
import type { SecretValue } from "../../src/secret-value.ts";
import type { Ask } from "./ask.ts";
import { mustJoin } from "./check-calls.ts";
import { checkError } from "./check-error.ts";
import { checkValue } from "./check-value.ts";
import type { World } from "./state.ts";

/** Somebody asks for a link, or for a reference. */
export function get(world: World, name: number, refresh: boolean, allowStale: boolean): void {
  const { vault, targets } = world;
  const doc = targets[name] ?? 0;
  const expected = !refresh && mustJoin(world, doc) ? world.remote.reads.length : undefined;
  const ask = note(world, doc, refresh, allowStale);
  const { signal } = ask.controller;
  const text = name < targets.length ? `N${name}` : "c://d0";
  // The shortest call takes the shortest way through core.
  const value =
    !refresh && allowStale && name % 2 === 0 ? vault.get(text) : vault.get(text, { refresh, allowStale, signal });
  settle(world, ask, value, (given) => checkValue(world, ask, given));
  if (expected !== undefined) world.joins.push({ doc, reads: expected });
}

/** Notes that somebody asks. */
export function note(world: World, doc: number, refresh: boolean, allowStale: boolean): Ask {
  const { asks, facts } = world;
  const ask: Ask = {
    ...{ id: asks.length, doc, refresh, allowStale, ttlMs: facts.ttlMs, settled: false },
    at: facts.instant(),
    controller: new AbortController(),
  };
  asks.push(ask);
  world.allowance++;
  facts.ttlSinceIdle.set(doc, Math.max(facts.ttlMs, facts.ttlSinceIdle.get(doc) ?? 0));
  return ask;
}

/** Looks at what becomes of a call. */
export function settle<Value extends SecretValue | void>(
  world: World,
  ask: Ask,
  promise: Promise<Value>,
  check: (value: Value) => void,
): void {
  promise.then(
    (value) => {
      ask.settled = true;
      check(value);
      if (value) world.delivered.push({ value, text: value.reveal() });
    },
    (error: SecretError) => {
      ask.settled = true;
      checkError(world, ask, error);
    },
  );
}
