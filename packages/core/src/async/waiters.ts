import type { Clock } from "../time/clock.ts";
import { SecretError } from "../errors/secret-error.ts";
import { boundedWait, type Wait } from "./bounded-wait.ts";

/** Callers that wait for the same result, each with its own deadline and signal. */
export class Waiters<Value> {
  readonly #clock: Clock;
  /** Each with its deadline, by `monotonicMs`, in ms. */
  readonly #waiting = new Map<Wait<Value>, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Waits until `deadline` (`monotonicMs`, in ms); `timeoutError` makes what a caller gets then. */
  wait(deadline: number, signal: AbortSignal | undefined, timeoutError?: () => SecretError): Promise<Value> {
    const timeout = { clock: this.#clock, ms: deadline - this.#clock.monotonicMs() };
    return boundedWait({ timeout, signal, timeoutError: timeoutError ?? notOpened }, (wait) => {
      this.#waiting.set(wait, deadline);
      return () => this.#waiting.delete(wait);
    });
  }

  /** The latest deadline of all callers, by `monotonicMs`, in ms; 0 if nobody waits. */
  get latestDeadline(): number {
    return Math.max(0, ...this.#waiting.values());
  }

  resolve(value: Value): void {
    for (const wait of [...this.#waiting.keys()]) wait.resolve(value);
  }

  reject(error: SecretError): void {
    for (const wait of [...this.#waiting.keys()]) wait.reject(error);
  }
}

const notOpened = (): SecretError => new SecretError("timeout", "The connection did not open in time.");
