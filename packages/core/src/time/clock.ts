import { uptime } from "node:os";

// Captured when this file loads: a test that fakes the timers later would otherwise stop every call and every deadline.
// Such a test passes a `clock` of its own where it wants another time.
const { clearTimeout, setImmediate, setTimeout } = globalThis;
const { hrtime } = process;
// `performance.now` is the same clock, and loads all that measures performance.
const monotonicNow = (): number => {
  const [seconds, nanoseconds] = hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
};
const epochNow = Date.now;

/** Node's timers hold 31 bits of ms; `Timers` makes longer waits of several. */
const LONGEST_MS = 0x7fff_ffff;

/** Three clocks: monotonic, uptime, wall. Injected, so that no test sleeps. */
export interface Clock {
  /** Monotonic ms. On Linux it stops while the machine is suspended. */
  monotonicMs(): number;
  /** Ms since the machine started, suspended time included. Reading it costs microseconds, so core samples it. */
  uptimeMs(): number;
  /** Ms since the epoch; may be set forward or back. */
  epochMs(): number;
  /**
   * Calls back once, after `ms`. Returns a function that cancels it. Keeps the process alive until then only if `awaited`.
   */
  after(ms: number, call: () => void, awaited?: boolean): () => void;
  /** Calls back at the end of the current turn of the event loop. */
  setImmediate(call: () => void): void;
}

/** The machine's own clock, even while a test fakes the timers, if core was loaded before. */
export function systemClock(): Clock {
  return {
    monotonicMs: monotonicNow,
    uptimeMs: () => uptime() * 1000,
    epochMs: epochNow,
    after(ms, call, awaited = false) {
      const timer = setTimeout(call, Math.min(ms, LONGEST_MS));
      if (!awaited) timer.unref();
      return () => clearTimeout(timer);
    },
    setImmediate: (call) => void setImmediate(call),
  };
}

/** Waits for `ms`, or until `signal` aborts; resolves in both cases. */
export function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const cancelTimer = clock.after(ms, done, true);
    function done(): void {
      cancelTimer();
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done, { once: true });
  });
}

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
/** How often one reading of the monotonic clock serves while the wall clock shows the same millisecond. */
const MAX_REUSES = 31;
/** The resolution of `uptimeMs`, in ms (macOS: 1 s, Linux: 10 ms): a smaller difference from `monotonicMs` is no suspend. */
const UP_STEP_MS = 1000;

/**
 * The current time. `uptimeMs()` costs microseconds, so it is sampled: at most every 100 ms, and at once if the wall clock
 * and the monotonic one have moved apart, as they do when a machine resumes. The monotonic clock is read once per
 * millisecond of the wall clock, and at least at every 32nd sample.
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
  #reuses = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.sample();
  }

  /** Reads the clock into the fields. Allocates nothing. */
  sample(): void {
    let epochMs = this.#clock.epochMs();
    // Less than a millisecond has passed, unless the wall clock stands or was set back to this very millisecond.
    if (epochMs === this.epochMs && this.#reuses < MAX_REUSES) {
      this.#reuses++;
      return;
    }
    this.#reuses = 0;
    let monotonicMs = this.#clock.monotonicMs();
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

/** The timers of one owner, one per purpose, cancelled together. */
export class Timers<Purpose> {
  readonly #clock: Clock;
  readonly #timers = new Map<Purpose, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls back once, after `ms`. Replaces the timer that was set for this purpose before. */
  set(purpose: Purpose, ms: number, call: () => void): void {
    this.#timers.get(purpose)?.();
    const cancelTimer = this.#clock.after(Math.min(ms, LONGEST_MS), () => {
      this.#timers.delete(purpose);
      if (ms > LONGEST_MS) this.set(purpose, ms - LONGEST_MS, call);
      else call();
    });
    this.#timers.set(purpose, cancelTimer);
  }

  /** Cancels all of them. */
  clear(): void {
    for (const cancelTimer of this.#timers.values()) cancelTimer();
    this.#timers.clear();
  }
}

/** Timers do not advance while the machine is suspended, so none is set further ahead, in ms. */
const LONGEST_SLEEP_MS = 30_000;

/** One timer, set to the next expiry: values are evicted when they expire, not at the next read. */
export class ExpiryTimer {
  readonly #clock: Clock;
  #cancelTimer: (() => void) | undefined;
  #at = Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Makes sure that `sweep` runs in `inMs`, or in 30 s if that is sooner. */
  expect(inMs: number, sweep: () => void): void {
    const at = this.#clock.monotonicMs() + Math.min(inMs, LONGEST_SLEEP_MS);
    if (at >= this.#at) return;
    this.stop();
    this.#at = at;
    this.#cancelTimer = this.#clock.after(Math.min(inMs, LONGEST_SLEEP_MS), () => {
      this.#at = Infinity;
      sweep();
    });
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#at = Infinity;
  }
}
