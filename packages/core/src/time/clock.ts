import { uptime } from "node:os";

// Taken when this file loads: a test that fakes the timers later would otherwise stop every call and every deadline of a
// vault it does not even mean. Such a test hands in a `clock` where it wants another time.
const { clearTimeout, setImmediate, setTimeout } = globalThis;
const monotonicMs = performance.now.bind(performance);
const epochMs = Date.now;

/** The time, as three witnesses see it. Injected, so that no test sleeps. */
export interface Clock {
  /** Monotonic ms. On Linux it stands still while the machine is suspended. */
  monotonicMs(): number;
  /** Ms since the machine started, suspended time included. Costs microseconds: core samples it. */
  uptimeMs(): number;
  /** Ms since the epoch; a person or a snapshot may move it. */
  epochMs(): number;
  /**
   * Calls back once, after `ms`. Returns a function that calls it off. Keeps the process alive until then only if
   * `awaited`: somebody waits for it.
   */
  after(ms: number, call: () => void, awaited?: boolean): () => void;
  /** Calls back at the end of the current turn of the event loop. */
  setImmediate(call: () => void): void;
}

/** The machine's own clock, also while a test fakes the timers, if core was loaded before. */
export function systemClock(): Clock {
  return {
    monotonicMs,
    uptimeMs: () => uptime() * 1000,
    epochMs,
    after(ms, call, awaited = false) {
      // Timers hold 31 bits; a longer wait is asked for again by whoever looks at the clock then.
      const timer = setTimeout(call, Math.min(ms, 0x7fff_ffff));
      if (!awaited) timer.unref();
      return () => clearTimeout(timer);
    },
    setImmediate: (call) => void setImmediate(call),
  };
}

/** Waits, unless `signal` aborts first; resolves in both cases. */
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
