import type { Clock } from "@vaultlink/core";

/** A clock that moves only by hand. */
export interface ManualClock extends Clock {
  /** Lets `ms` pass for all three witnesses, and runs what falls due on the way, in order. */
  advance(ms: number): void;
  /** The machine sleeps for `ms`: wall clock and uptime move, the monotonic clock does not, and no timer runs. */
  suspend(ms: number): void;
  /** A person or a snapshot moves the wall clock by `ms`, forward or back. */
  moveWall(ms: number): void;
  /** Runs the turns waiting, and those they ask for; returns how many. Only with `turns: "manual"`. */
  runTurns(): number;
  /** Timers that were set and have neither run nor been cancelled. */
  readonly pending: number;
}

/** How a manual clock begins. */
export interface ManualClockOptions {
  /** Ms since the epoch. @default 2026-01-01T00:00:00Z */
  readonly epochMs?: number;
  /** Ms since the machine started. @default 1 hour */
  readonly uptimeMs?: number;
  /** `"immediate"` ends a turn with `setImmediate`, `"manual"` with `runTurns`. @default "immediate" */
  readonly turns?: "immediate" | "manual";
}

interface Timer {
  readonly due: number;
  readonly call: () => void;
}

/** Makes a clock for tests: no test sleeps. */
export function manualClock(options: ManualClockOptions = {}): ManualClock {
  let monotonicMs = 0;
  let uptimeMs = options.uptimeMs ?? 3_600_000;
  let epochMs = options.epochMs ?? Date.UTC(2026, 0, 1);
  const timers = new Set<Timer>();
  const turns: Array<() => void> = [];

  const move = (ms: number): void => {
    monotonicMs += ms;
    uptimeMs += ms;
    epochMs += ms;
  };
  // The first of the earliest: a set keeps the order in which timers were set.
  const next = (until: number): Timer | undefined => {
    let found: Timer | undefined;
    for (const timer of timers) if (timer.due <= until && (found === undefined || timer.due < found.due)) found = timer;
    return found;
  };

  return {
    monotonicMs: () => monotonicMs,
    uptimeMs: () => uptimeMs,
    epochMs: () => epochMs,
    after(ms, call) {
      const timer: Timer = { due: monotonicMs + Math.max(0, ms), call };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    setImmediate(call) {
      if (options.turns === "manual") turns.push(call);
      else setImmediate(call);
    },
    advance(ms) {
      const until = monotonicMs + notNegative(ms);
      for (let timer = next(until); timer !== undefined; timer = next(until)) {
        timers.delete(timer);
        move(timer.due - monotonicMs);
        timer.call();
      }
      move(until - monotonicMs);
    },
    suspend(ms) {
      uptimeMs += notNegative(ms);
      epochMs += ms;
    },
    moveWall(ms) {
      epochMs += ms;
    },
    runTurns() {
      let count = 0;
      for (let call = turns.shift(); call !== undefined; call = turns.shift(), count++) call();
      return count;
    },
    get pending() {
      return timers.size;
    },
  };
}

function notNegative(ms: number): number {
  if (!(ms >= 0)) throw new RangeError("Time passes forward only; `moveWall` moves the wall clock back.");
  return ms;
}
