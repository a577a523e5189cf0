import { AdaptiveLimit, FIRST_LIMIT } from "../async/adaptive-limit.ts";
import { Semaphore } from "../async/semaphore.ts";

/** A limit that a provider declares; an invalid one counts as 1. */
export const validLimit = (declared: number): number => Math.max(1, Math.floor(declared) || 1);

/** One call's place among those that may run. */
export interface CallSlot {
  /** Frees it; further calls have no effect. */
  readonly free: () => void;
  /** The vault answered in so many ms; to be told after it is free. */
  readonly answered: (ms: number) => void;
  /** The vault could not bear the call; to be told before it is free. `documents`: as `AdaptiveLimit.overloaded` takes them. */
  readonly overloaded: (documents: readonly string[] | undefined) => void;
}

/** Lets as many calls to one vault run at a time as it bears; the others wait in the order they came. */
export class CallSlots {
  readonly #most: number;
  readonly #limit: AdaptiveLimit;
  readonly #semaphore: Semaphore;

  /** `most`: never more than this. */
  constructor(most: number) {
    this.#most = most;
    this.#limit = new AdaptiveLimit(most);
    this.#semaphore = new Semaphore(this.#limit.value);
  }

  /** How many calls may run at a time now. */
  get size(): number {
    return this.#semaphore.size;
  }

  /** How many slots are free. */
  get available(): number {
    return this.#semaphore.available;
  }

  /** How many it began with, whatever became of the vault since. */
  get firstSize(): number {
    return Math.min(FIRST_LIMIT, this.#most);
  }

  /** Waits for a slot. `most`: what the session allows at a time. Rejects with `aborted` when `signal` aborts first. */
  async take(signal: AbortSignal, most: number = Infinity): Promise<CallSlot> {
    this.#limit.setMost(Math.min(this.#most, validLimit(most)));
    this.#resize();
    const free = await this.#semaphore.take(signal);
    const cuts = this.#limit.sent();
    let told = false;
    return {
      free,
      answered: (ms: number) => {
        if (told) return;
        this.#limit.answered(cuts, ms, this.#semaphore.waiting > 0);
        this.#resize();
      },
      overloaded: (documents: readonly string[] | undefined) => {
        if (told) return;
        told = true;
        this.#limit.overloaded(cuts, { running: this.size - this.available, documents });
        this.#resize();
      },
    };
  }

  #resize(): void {
    this.#semaphore.resize(this.#limit.value);
  }
}
