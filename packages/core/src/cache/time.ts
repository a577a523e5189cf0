import type { Clock } from "../clock.ts";

/** One instant, in ms, by each of the three witnesses. */
export interface Moment {
  /** Monotonic, suspended time included. */
  readonly boot: number;
  /** Monotonic; may stand still while the machine is suspended. */
  readonly hr: number;
  /** Since the epoch. */
  readonly wall: number;
}

/** How old a sample of `up()` may be, by `hr`, and how far `wall` may stray from `hr` before it is taken anew. */
const SAMPLE_MS = 100;
const STRAY_MS = 1000;
/** How coarse `up()` is at most, in ms (macOS: 1 s, Linux: 10 ms): what it says beyond `hr` within that is no suspend. */
const UP_STEP_MS = 1000;

/**
 * The present. `clock.up()` costs microseconds, so it is sampled: at most every 100 ms, and at once when the wall clock
 * moved differently from the monotonic one, as it does when a machine resumes.
 */
export class Present implements Moment {
  boot = 0;
  hr = 0;
  wall = 0;
  readonly #clock: Clock;
  /** How much more `up` says than `hr`: grows by what the machine was suspended, and by nothing else. */
  #offset = -Infinity;
  #hrAtSample = -Infinity;
  #wallAtSample = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.look();
  }

  /** Looks at the clock; the fields hold what it says. Allocates nothing. */
  look(): void {
    let hr = this.#clock.hr();
    let wall = this.#clock.wall();
    const since = hr - this.#hrAtSample;
    if (since >= SAMPLE_MS || Math.abs(wall - this.#wallAtSample - since) > STRAY_MS) {
      const up = this.#clock.up();
      // Looked at afterwards: however long that took, it makes nothing seem older than it is.
      hr = this.#clock.hr();
      wall = this.#clock.wall();
      if (up - hr >= this.#offset + UP_STEP_MS) this.#offset = up - hr;
      this.#hrAtSample = hr;
      this.#wallAtSample = wall;
    }
    this.hr = hr;
    this.wall = wall;
    this.boot = hr + this.#offset;
  }

  /** Looks at the clock and keeps what it says. */
  moment(): Moment {
    this.look();
    return { boot: this.boot, hr: this.hr, wall: this.wall };
  }
}
