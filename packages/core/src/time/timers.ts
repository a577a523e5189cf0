import type { Clock } from "./clock.ts";

/** Node's timers hold 31 bits of ms; longer waits are made of several. */
const LONGEST_MS = 0x7fff_ffff;

/** The timers of one owner, one per purpose, cancelled together. */
export class Timers<Purpose> {
  readonly #clock: Clock;
  readonly #timers = new Map<Purpose, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls back once, after `ms`. Replaces the timer that was set for this purpose before. */
  set(purpose: Purpose, ms: number, call: () => void): void {
    this.#timers.get(purpose)?.();
    const cancelTimer = this.#clock.after(Math.min(ms, LONGEST_MS), () => {
      this.#timers.delete(purpose);
      if (ms > LONGEST_MS) this.set(purpose, ms - LONGEST_MS, call);
      else call();
    });
    this.#timers.set(purpose, cancelTimer);
  }

  /** Cancels all of them. */
  clear(): void {
    for (const cancelTimer of this.#timers.values()) cancelTimer();
    this.#timers.clear();
  }
}
