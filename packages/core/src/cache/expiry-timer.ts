import type { Clock } from "../time/clock.ts";

/** Timers do not fire while the machine is suspended, so none is set further ahead, in ms. */
const LONGEST_MS = 30_000;

/** One timer, at the next expiry: values go when they expire, not when somebody happens to read. */
export class ExpiryTimer {
  readonly #clock: Clock;
  #cancelTimer: (() => void) | undefined;
  #at = Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Something expires in `inMs`: makes sure that `sweep` runs then, or 30 s from now if that is sooner. */
  expect(inMs: number, sweep: () => void): void {
    const at = this.#clock.monotonicMs() + Math.min(inMs, LONGEST_MS);
    if (at >= this.#at) return;
    this.stop();
    this.#at = at;
    this.#cancelTimer = this.#clock.after(Math.min(inMs, LONGEST_MS), () => {
      this.#at = Infinity;
      sweep();
    });
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#at = Infinity;
  }
}
