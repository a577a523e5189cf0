import type { Clock } from "@vaultlink/core";

/** How long nothing more may change before a change is acted on, in ms: several names have one secret. */
const SETTLE_MS = 1_000;

/** Changes that come in bursts, as one. */
export class Changes {
  readonly #clock: Clock;
  #cancel: (() => void) | undefined;
  #settled = false;
  #wake: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Something changed. */
  add(): void {
    this.#cancel?.();
    this.#cancel = this.#clock.after(SETTLE_MS, () => {
      this.#settled = true;
      this.#wake?.();
    });
  }

  /** Resolves after the next burst, or at once where one is over that nobody waited for. One waits at a time. */
  next(): Promise<undefined> {
    return new Promise((resolve) => {
      this.#wake = () => {
        [this.#settled, this.#wake] = [false, undefined];
        resolve(undefined);
      };
      if (this.#settled) this.#wake();
    });
  }
}
