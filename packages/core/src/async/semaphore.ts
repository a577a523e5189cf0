import { cancelled, boundedWait } from "./deadline.ts";
import type { Clock } from "../time/clock.ts";

/** Lets `size` tasks run at a time; the others wait in the order they came. */
export class Semaphore {
  #size: number;
  #taken = 0;
  readonly #queue = new Set<() => void>();

  constructor(size: number) {
    this.#size = size;
  }

  get size(): number {
    return this.#size;
  }

  /** How many slots are free; below 0 while more tasks run than `resize` lets run from now on. */
  get available(): number {
    return this.#size - this.#taken;
  }

  /** How many wait for a slot. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** Lets so many tasks run at a time from now on. Those that run go on. */
  resize(size: number): void {
    this.#size = size;
    this.#admit();
  }

  /** Resolves with a function that frees the slot, to be called once. Rejects with `aborted` when `signal` aborts first. */
  take(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(cancelled());
    if (this.available > 0) return Promise.resolve(this.#grant());
    return boundedWait({ signal }, (wait) => {
      const proceed = (): void => void wait.resolve(this.#grant());
      this.#queue.add(proceed);
      return () => this.#queue.delete(proceed);
    });
  }

  /** Runs a task in a slot; at once if one is free. */
  async run<Value>(task: () => Promise<Value>): Promise<Value> {
    const free =
      this.available > 0
        ? this.#grant()
        : await new Promise<() => void>((resolve) => void this.#queue.add(() => resolve(this.#grant())));
    try {
      return await task();
    } finally {
      free();
    }
  }

  #grant(): () => void {
    this.#taken++;
    let freed = false;
    return () => {
      if (freed) return;
      freed = true;
      this.#taken--;
      this.#admit();
    };
  }

  /** Gives what is free to those who wait. */
  #admit(): void {
    for (const next of this.#queue) {
      if (this.available <= 0) return;
      this.#queue.delete(next);
      next();
    }
  }
}

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
