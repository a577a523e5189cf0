import { ageMs } from "./ttl.ts";
import type { Instant } from "../time/sampled-clock.ts";

/** Concurrent reads share one call at least this long, in ms, though the TTL be shorter, or 0. */
const MIN_JOIN_MS = 1000;

/** Whether a read that was started then may still be joined. */
export function isYoung(started: Instant, ttlMs: number, now: Instant): boolean {
  return ageMs(started, now) < Math.max(ttlMs, MIN_JOIN_MS);
}

/** Ends a read whose session is gone: whoever waits looks again. Never leaves core. */
export const MOVED: Error = new Error("The session is gone; look again.");

/** One read that is under way, and those who wait for it. */
export class InFlightRead<Result> {
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
  readonly started: Instant;
  readonly #controller = new AbortController();
  readonly settled: Promise<Result>;
  /** The latest deadline of those who wait, by `monotonicMs`, in ms: the read may go on until then. */
  deadline = 0;
  #waiters = 0;
  #settle!: (settled: Result) => void;
  #fail!: (error: unknown) => void;

  constructor(about: {
    key: string;
    fingerprint: string;
    scope: string;
    seq: number;
    refresh: boolean;
    started: Instant;
  }) {
    this.key = about.key;
    this.fingerprint = about.fingerprint;
    this.seq = about.seq;
    this.sentSeq = about.seq;
    this.joinedSeq = about.seq;
    this.scope = about.scope;
    this.refresh = about.refresh;
    this.started = about.started;
    this.settled = new Promise((resolve, reject) => {
      this.#settle = resolve;
      this.#fail = reject;
    });
    // Whoever waits sees the rejection; a flight that everybody left must not end the process.
    this.settled.catch(() => undefined);
  }

  /** Aborts when the last waiter has left, or when the flight is called off. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether somebody waits for it. */
  get wanted(): boolean {
    return this.#waiters > 0 && !this.signal.aborted;
  }

  settle(settled: Result): void {
    this.#settle(settled);
  }

  fail(error: unknown): void {
    this.#fail(error);
  }

  /** Ends it for everybody who waits, at once; what it still brings is dropped. */
  cancel(error: unknown): void {
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
export class InFlightReads<Result> {
  readonly #joinable = new Map<string, InFlightRead<Result>>();
  readonly #byKey = new Map<string, Set<InFlightRead<Result>>>();

  /** Whether any read of the document is under way. */
  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  joinable(key: string): InFlightRead<Result> | undefined {
    return this.#joinable.get(key);
  }

  add(read: InFlightRead<Result>): void {
    this.#joinable.set(read.key, read);
    const others = this.#byKey.get(read.key);
    if (others === undefined) this.#byKey.set(read.key, new Set([read]));
    else others.add(read);
  }

  /** Nobody may join it any more. */
  stopJoins(read: InFlightRead<Result>): void {
    if (this.#joinable.get(read.key) === read) this.#joinable.delete(read.key);
  }

  /** It landed. Returns whether no other read of the document is under way. */
  remove(read: InFlightRead<Result>): boolean {
    this.stopJoins(read);
    const others = this.#byKey.get(read.key);
    others?.delete(read);
    if (others !== undefined && others.size > 0) return false;
    this.#byKey.delete(read.key);
    return true;
  }

  /** Whether any read of a connection is under way. */
  hasConnection(fingerprint: string): boolean {
    return !this.ofConnection(fingerprint).next().done;
  }

  *ofConnection(fingerprint: string): Generator<InFlightRead<Result>> {
    for (const reads of this.#byKey.values()) {
      for (const read of reads) if (read.fingerprint === fingerprint) yield read;
    }
  }

  *all(): Generator<InFlightRead<Result>> {
    for (const reads of this.#byKey.values()) yield* reads;
  }
}
