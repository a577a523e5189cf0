import type { Token } from "./source.ts";

/** How long before its end a token is renewed, in ms: later than the SDK would, which else gives the old one again. */
const EARLY = 4.5 * 60_000;

/** How long to go on with a token whose renewal brought nothing, in ms. */
const PAUSE = 60_000;

/** When to ask for another token, in ms since the epoch: when Entra says, or shortly before the end. */
export function dueAt({ expiresOnTimestamp, refreshAfterTimestamp = Infinity }: Token): number {
  return Math.min(refreshAfterTimestamp, expiresOnTimestamp - EARLY);
}

/** The same after an early try that brought nothing: long before the end, not at once again. */
export function dueAgainAt({ expiresOnTimestamp }: Token, now: number): number {
  return Math.min(now + PAUSE, expiresOnTimestamp - EARLY);
}
