import type { Clock } from "../time/clock.ts";

/** The calls of one session that have not ended. */
export class RunningCalls {
  #count = 0;
  readonly #onDrained = new Set<() => void>();

  /** A call starts. Returns a function to call once, when it ends. */
  enter(): () => void {
    this.#count++;
    return () => {
      if (--this.#count > 0) return;
      for (const drained of this.#onDrained) drained();
      this.#onDrained.clear();
    };
  }

  /** Waits until all have ended, for `ms` at most. */
  drain(clock: Clock, ms: number): Promise<void> {
    if (this.#count === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        cancelTimer();
        this.#onDrained.delete(done);
        resolve();
      };
      const cancelTimer = clock.after(ms, done, true);
      this.#onDrained.add(done);
    });
  }
}
