import type { Clock } from "@vaultlink/core";

/** What an agent holds that would be lost with it. */
export interface Held {
  /** Values in the cache. */
  readonly entries: number;
  /** Sessions for which a person gave credentials. */
  readonly sessionsByPerson: number;
}

export interface LifeLimits {
  /** After the last request, with nothing to keep, in ms. */
  readonly emptyMs: number;
  /** After the last request, once every value has expired, in ms. */
  readonly idleMs: number;
  /** In all, in ms. */
  readonly lifeMs: number;
  /** Between two looks at whether this is still the user's agent, in ms. */
  readonly checkMs: number;
}

const MINUTE_MS = 60_000;

export const LIFE_LIMITS: LifeLimits = {
  emptyMs: 5 * MINUTE_MS,
  idleMs: 60 * MINUTE_MS,
  lifeMs: 12 * 60 * MINUTE_MS,
  checkMs: 10_000,
};

export interface LifeOptions {
  readonly clock: Clock;
  readonly limits: LifeLimits;
  readonly held: () => Held;
  /** Whether requests are being served. */
  readonly isBusy: () => boolean;
  /** Whether this still is the user's agent, in the version that is installed. */
  readonly isCurrent: () => boolean;
  readonly end: () => void;
}

/** Decides when an agent ends by itself. */
export class Life {
  readonly #options: LifeOptions;
  readonly #bornAt: number;
  #usedAt: number;
  #cancelTimer: (() => void) | undefined;

  constructor(options: LifeOptions) {
    this.#options = options;
    this.#bornAt = this.#usedAt = options.clock.monotonicMs();
    this.#expect();
  }

  /** A request came. */
  touch(): void {
    this.#usedAt = this.#options.clock.monotonicMs();
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  /** Whether it is time to end. */
  get isOver(): boolean {
    const { clock, held, isBusy, isCurrent, limits } = this.#options;
    const now = clock.monotonicMs();
    if (!isCurrent() || now - this.#bornAt >= limits.lifeMs) return true;
    const unusedMs = now - this.#usedAt;
    if (isBusy() || unusedMs < limits.emptyMs) return false;
    const { entries, sessionsByPerson } = held();
    if (entries > 0) return false;
    return sessionsByPerson === 0 || unusedMs >= limits.idleMs;
  }

  #expect(): void {
    this.#cancelTimer = this.#options.clock.after(this.#options.limits.checkMs, () => {
      if (this.isOver) return this.#options.end();
      this.#expect();
    });
  }
}
