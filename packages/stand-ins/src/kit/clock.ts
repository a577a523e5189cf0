/** The time a stand-in believes in, so that a test moves it instead of sleeping. */
export interface Clock {
  /** Ms since the epoch. */
  now(): number;
  /** Moves the time by so many ms; negative moves it back. */
  advance(ms: number): void;
}

/** Where time stands when nobody says otherwise: the same in every run. */
export const DEFAULT_NOW: number = Date.UTC(2026, 0, 1);

/** A clock that stands still until it is moved. */
export function manualClock(start: number = DEFAULT_NOW): Clock {
  let now = start;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
  };
}

/** The machine's clock plus what it was moved by: for a stand-in that runs as a program. */
export function wallClock(): Clock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance: (ms) => {
      offset += ms;
    },
  };
}
