import type { Clock } from "@vaultlink/core";

/** 1 January 2026. */
const START = 1_767_225_600_000;
/** A pause before a call is sent again, in ms: the model goes on at once, and its time with it. */
const PAUSE_MS = 450;

/** A clock that the model sets. */
export class ModelClock implements Clock {
  #ms = 0;
  readonly #timers = new Set<{ readonly at: number; readonly call: () => void }>();

  monotonicMs(): number {
    return this.#ms;
  }

  uptimeMs(): number {
    return this.#ms;
  }

  epochMs(): number {
    return START + this.#ms;
  }

  after(ms: number, call: () => void): () => void {
    const timer = { at: this.#ms + ms, call };
    this.#timers.add(timer);
    if (ms < PAUSE_MS) setImmediate(() => this.#fire(timer));
    return () => void this.#timers.delete(timer);
  }

  setImmediate(call: () => void): void {
    setImmediate(call);
  }

  /** Lets time go by. */
  async pass(ms: number): Promise<void> {
    const end = this.#ms + ms;
    for (;;) {
      const due = [...this.#timers].filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at)[0];
      if (due === undefined) break;
      this.#fire(due);
      await settle();
    }
    this.#ms = Math.max(this.#ms, end);
  }

  #fire(timer: { readonly at: number; readonly call: () => void }): void {
    if (!this.#timers.delete(timer)) return;
    this.#ms = Math.max(this.#ms, timer.at);
    timer.call();
  }
}

/** Lets what was begun come to its end, as far as it waits for nothing. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise<void>((resolve) => void setImmediate(resolve));
}
