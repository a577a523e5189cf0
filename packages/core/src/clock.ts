import { uptime } from "node:os";

/** The time, as three witnesses see it. Injected, so that no test sleeps. */
export interface Clock {
  /** Monotonic ms. On Linux it stands still while the machine is suspended. */
  hr(): number;
  /** Ms since the machine started, suspended time included. Costs microseconds: core samples it. */
  up(): number;
  /** Ms since the epoch; a person or a snapshot may move it. */
  wall(): number;
  /**
   * Calls back once, after `ms`. Returns a function that calls it off. Keeps the process alive until then only if
   * `awaited`: somebody waits for it.
   */
  after(ms: number, call: () => void, awaited?: boolean): () => void;
  /** Calls back at the end of the current turn of the event loop. */
  turn(call: () => void): void;
}

/** The machine's own clock. */
export function systemClock(): Clock {
  return {
    hr: () => performance.now(),
    up: () => uptime() * 1000,
    wall: () => Date.now(),
    after(ms, call, awaited = false) {
      // Timers hold 31 bits; a longer wait is asked for again by whoever looks at the clock then.
      const timer = setTimeout(call, Math.min(ms, 0x7fff_ffff));
      if (!awaited) timer.unref();
      return () => clearTimeout(timer);
    },
    turn: (call) => void setImmediate(call),
  };
}

/** Waits, unless `signal` aborts first; resolves in both cases. */
export function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const callOff = clock.after(ms, done, true);
    function done(): void {
      callOff();
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done, { once: true });
  });
}
