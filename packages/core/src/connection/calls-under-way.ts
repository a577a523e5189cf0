import type { Clock } from "../time/clock.ts";

/** The calls of one session that have not ended. */
export class CallsUnderWay {
  #count = 0;
  readonly #drained = new Set<() => void>();

  /** A call begins; call what is returned once, when it ends. */
  enter(): () => void {
    this.#count++;
    return () => {
      if (--this.#count > 0) return;
      for (const drained of this.#drained) drained();
      this.#drained.clear();
    };
  }

  /** Waits until all have ended, for `ms` at most. */
  drain(clock: Clock, ms: number): Promise<void> {
    if (this.#count === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        cancelTimer();
        this.#drained.delete(done);
        resolve();
      };
      const cancelTimer = clock.after(ms, done, true);
      this.#drained.add(done);
    });
  }
}
