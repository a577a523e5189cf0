import type { Clock } from "./clock.ts";

/** One instant, in ms, by each of the three clocks. */
export interface Instant {
  /** Monotonic, suspended time included. */
  readonly uptimeMs: number;
  /** Monotonic; may stop while the machine is suspended. */
  readonly monotonicMs: number;
  /** Since the epoch. */
  readonly epochMs: number;
}

/** How old a sample of `uptimeMs` may be, and how far `epochMs` and `monotonicMs` may move apart before it is renewed, in ms. */
const SAMPLE_MS = 100;
const STRAY_MS = 1000;
/** The resolution of `uptimeMs`, in ms (macOS: 1 s, Linux: 10 ms): a smaller difference from `monotonicMs` is no suspend. */
const UP_STEP_MS = 1000;

/**
 * The current time. `uptimeMs()` costs microseconds, so it is sampled: at most every 100 ms, and at once if the wall clock
 * and the monotonic one have moved apart, as they do when a machine resumes.
 */
export class SampledClock implements Instant {
  uptimeMs = 0;
  monotonicMs = 0;
  epochMs = 0;
  readonly #clock: Clock;
  /** `uptimeMs` minus `monotonicMs`: grows only by the time that the machine was suspended. */
  #offset = -Infinity;
  #monotonicAtSample = -Infinity;
  #epochAtSample = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.sample();
  }

  /** Reads the clock into the fields. Allocates nothing. */
  sample(): void {
    let monotonicMs = this.#clock.monotonicMs();
    let epochMs = this.#clock.epochMs();
    const since = monotonicMs - this.#monotonicAtSample;
    if (since >= SAMPLE_MS || Math.abs(epochMs - this.#epochAtSample - since) > STRAY_MS) {
      const uptimeMs = this.#clock.uptimeMs();
      // Read again afterwards: the time that `uptimeMs` took must not make anything seem older than it is.
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

  /** Samples the clock and returns a copy. */
  instant(): Instant {
    this.sample();
    return { uptimeMs: this.uptimeMs, monotonicMs: this.monotonicMs, epochMs: this.epochMs };
  }
}
