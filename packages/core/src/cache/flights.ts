import { ageMs } from "./age.ts";
import type { Moment } from "./time.ts";

/** Concurrent reads share one call at least this long, in ms, though the TTL be shorter, or 0. */
const MIN_JOIN_MS = 1000;

/** Whether a read that was started then may still be joined. */
export function isYoung(started: Moment, ttlMs: number, now: Moment): boolean {
  return ageMs(started, now) < Math.max(ttlMs, MIN_JOIN_MS);
}

/** Ends a read whose session is gone: whoever waits looks again. Never leaves core. */
export const MOVED: Error = new Error("The session is gone; look again.");

/** One read that is under way, and those who wait for it. */
export class Flight<Landed> {
  readonly key: string;
  readonly fingerprint: string;
  readonly seq: number;
  /** What keys of the same connection and identity begin with. */
  readonly scope: string;
  /** Asked for by somebody who accepts nothing older. */
  readonly refresh: boolean;
  /** The number at which somebody joined it last. */
  joinedSeq: number;
  /** The number of its last attempt: which of two answers is newer is decided by when each was asked for. */
  sentSeq: number;
  readonly started: Moment;
  readonly #controller = new AbortController();
  readonly landed: Promise<Landed>;
  /** The latest deadline of those who wait, by `hr`, in ms: the read may go on until then. */
  deadline = 0;
  #waiters = 0;
  #land!: (landed: Landed) => void;
  #fail!: (error: unknown) => void;

  constructor(about: {
    key: string;
    fingerprint: string;
    scope: string;
    seq: number;
    refresh: boolean;
    started: Moment;
  }) {
    this.key = about.key;
    this.fingerprint = about.fingerprint;
    this.seq = about.seq;
    this.sentSeq = about.seq;
    this.joinedSeq = about.seq;
    this.scope = about.scope;
    this.refresh = about.refresh;
    this.started = about.started;
    this.landed = new Promise((resolve, reject) => {
      this.#land = resolve;
      this.#fail = reject;
    });
    // Whoever waits sees the rejection; a flight that everybody left must not end the process.
    this.landed.catch(() => undefined);
  }

  /** Aborts when the last waiter has left, or when the flight is called off. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether somebody waits for it. */
  get wanted(): boolean {
    return this.#waiters > 0 && !this.signal.aborted;
  }

  land(landed: Landed): void {
    this.#land(landed);
  }

  fail(error: unknown): void {
    this.#fail(error);
  }

  /** Ends it for everybody who waits, at once; what it still brings is dropped. */
  callOff(error: unknown): void {
    this.#fail(error);
    this.#controller.abort();
  }

  enter(deadline: number): void {
    this.#waiters++;
    this.deadline = Math.max(this.deadline, deadline);
  }

  /** Returns whether nobody is left, in which case the read is aborted. */
  leave(): boolean {
    if (--this.#waiters > 0) return false;
    this.#controller.abort();
    return true;
  }
}

/** The reads under way: of each document at most one that may be joined, and those it replaced. */
export class Flights<Landed> {
  readonly #joinable = new Map<string, Flight<Landed>>();
  readonly #air = new Map<string, Set<Flight<Landed>>>();

  /** Whether any read of the document is under way. */
  has(key: string): boolean {
    return this.#air.has(key);
  }

  joinable(key: string): Flight<Landed> | undefined {
    return this.#joinable.get(key);
  }

  add(flight: Flight<Landed>): void {
    this.#joinable.set(flight.key, flight);
    const others = this.#air.get(flight.key);
    if (others === undefined) this.#air.set(flight.key, new Set([flight]));
    else others.add(flight);
  }

  /** Nobody may join it any more. */
  retire(flight: Flight<Landed>): void {
    if (this.#joinable.get(flight.key) === flight) this.#joinable.delete(flight.key);
  }

  /** It landed. Returns whether no other read of the document is under way. */
  remove(flight: Flight<Landed>): boolean {
    this.retire(flight);
    const others = this.#air.get(flight.key);
    others?.delete(flight);
    if (others !== undefined && others.size > 0) return false;
    this.#air.delete(flight.key);
    return true;
  }

  /** Whether any read of a connection is under way. */
  hasConnection(fingerprint: string): boolean {
    return !this.ofConnection(fingerprint).next().done;
  }

  *ofConnection(fingerprint: string): Generator<Flight<Landed>> {
    for (const flights of this.#air.values()) {
      for (const flight of flights) if (flight.fingerprint === fingerprint) yield flight;
    }
  }

  *all(): Generator<Flight<Landed>> {
    for (const flights of this.#air.values()) yield* flights;
  }
}
