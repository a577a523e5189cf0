import type { Clock } from "./clock.ts";

/** One instant, in ms, by each of the three witnesses. */
export interface Instant {
  /** Monotonic, suspended time included. */
  readonly uptimeMs: number;
  /** Monotonic; may stand still while the machine is suspended. */
  readonly monotonicMs: number;
  /** Since the epoch. */
  readonly epochMs: number;
}

/** How old a sample of `uptimeMs` may be, by `monotonicMs`, and how far `epochMs` may stray from `monotonicMs` before it is taken anew. */
const SAMPLE_MS = 100;
const STRAY_MS = 1000;
/** How coarse `uptimeMs` is at most, in ms (macOS: 1 s, Linux: 10 ms): what it says beyond `monotonicMs` within that is no suspend. */
const UP_STEP_MS = 1000;

/**
 * The present. `uptimeMs()` costs microseconds, so it is sampled: at most every 100 ms, and at once when the wall clock
 * moved differently from the monotonic one, as it does when a machine resumes.
 */
export class SampledClock implements Instant {
  uptimeMs = 0;
  monotonicMs = 0;
  epochMs = 0;
  readonly #clock: Clock;
  /** How much more `uptimeMs` says than `monotonicMs`: grows by what the machine was suspended, and by nothing else. */
  #offset = -Infinity;
  #monotonicAtSample = -Infinity;
  #epochAtSample = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.sample();
  }

  /** Looks at the clock; the fields hold what it says. Allocates nothing. */
  sample(): void {
    let monotonicMs = this.#clock.monotonicMs();
    let epochMs = this.#clock.epochMs();
    const since = monotonicMs - this.#monotonicAtSample;
    if (since >= SAMPLE_MS || Math.abs(epochMs - this.#epochAtSample - since) > STRAY_MS) {
      const uptimeMs = this.#clock.uptimeMs();
      // Looked at afterwards: however long that took, it makes nothing seem older than it is.
      monotonicMs = this.#clock.monotonicMs();
      epochMs = this.#clock.epochMs();
      if (uptimeMs - monotonicMs >= this.#offset + UP_STEP_MS) this.#offset = uptimeMs - monotonicMs;
      this.#monotonicAtSample = monotonicMs;
      this.#epochAtSample = epochMs;
    }
    this.monotonicMs = monotonicMs;
    this.epochMs = epochMs;
    this.uptimeMs = monotonicMs + this.#offset;
  }

  /** Looks at the clock and keeps what it says. */
  instant(): Instant {
    this.sample();
    return { uptimeMs: this.uptimeMs, monotonicMs: this.monotonicMs, epochMs: this.epochMs };
  }
}
