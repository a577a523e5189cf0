import type { Clock } from "../time/clock.ts";
import { SecretError } from "../errors/secret-error.ts";

interface Waiter<Value> {
  resolve(value: Value): void;
  reject(error: SecretError): void;
}

/** Those who wait for one thing, each with a deadline and a signal of its own. */
export class Waiters<Value> {
  readonly #clock: Clock;
  /** Each with its deadline, by `monotonicMs`, in ms. */
  readonly #waiting = new Map<Waiter<Value>, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Waits until `deadline` (`monotonicMs`, in ms); `late` says what a waiter is told then. */
  wait(deadline: number, signal: AbortSignal | undefined, late?: () => SecretError): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      const leave = (): void => {
        cancelTimer();
        signal?.removeEventListener("abort", cancelled);
        this.#waiting.delete(waiter);
      };
      const waiter: Waiter<Value> = {
        resolve: (value) => (leave(), resolve(value)),
        reject: (error) => (leave(), reject(error)),
      };
      const cancelled = (): void => waiter.reject(new SecretError("aborted", "The call was cancelled."));
      const timedOut = (): void =>
        waiter.reject(late?.() ?? new SecretError("timeout", "The connection did not open in time."));
      const cancelTimer = this.#clock.after(Math.max(0, deadline - this.#clock.monotonicMs()), timedOut, true);
      signal?.addEventListener("abort", cancelled, { once: true });
      this.#waiting.set(waiter, deadline);
      if (signal?.aborted) cancelled();
    });
  }

  /** The latest deadline of those who wait, by `monotonicMs`, in ms; 0 for nobody. */
  get until(): number {
    let until = 0;
    for (const deadline of this.#waiting.values()) until = Math.max(until, deadline);
    return until;
  }

  resolve(value: Value): void {
    for (const waiter of [...this.#waiting.keys()]) waiter.resolve(value);
  }

  reject(error: SecretError): void {
    for (const waiter of [...this.#waiting.keys()]) waiter.reject(error);
  }
}
