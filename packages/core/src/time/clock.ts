import { uptime } from "node:os";

// Captured when this file loads: a test that fakes the timers later would otherwise stop every call and every deadline.
// Such a test passes a `clock` of its own where it wants another time.
const { clearTimeout, setImmediate, setTimeout } = globalThis;
const monotonicMs = performance.now.bind(performance);
const epochMs = Date.now;

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
    monotonicMs,
    uptimeMs: () => uptime() * 1000,
    epochMs,
    after(ms, call, awaited = false) {
      // Timers hold 31 bits; `Timers` makes longer waits of several.
      const timer = setTimeout(call, Math.min(ms, 0x7fff_ffff));
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
