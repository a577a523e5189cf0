import type { Clock } from "../time/clock.ts";

/** Node's timers hold 31 bits of ms; what is further away is waited for in steps. */
const LONGEST_MS = 0x7fff_ffff;

/** The timers of one owner, one per purpose, called off together when it ends: none holds what is gone. */
export class Timers<Purpose> {
  readonly #clock: Clock;
  readonly #set = new Map<Purpose, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls back once, after `ms`, instead of what was set for this purpose before. */
  set(purpose: Purpose, ms: number, call: () => void): void {
    this.#set.get(purpose)?.();
    const cancelTimer = this.#clock.after(Math.min(ms, LONGEST_MS), () => {
      this.#set.delete(purpose);
      if (ms > LONGEST_MS) this.set(purpose, ms - LONGEST_MS, call);
      else call();
    });
    this.#set.set(purpose, cancelTimer);
  }

  /** Calls all of them off. */
  clear(): void {
    for (const cancelTimer of this.#set.values()) cancelTimer();
    this.#set.clear();
  }
}
