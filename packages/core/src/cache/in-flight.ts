import type { Instant } from "../time/clock.ts";
import { Deferred } from "../async/deadline.ts";
import type { SecretDocument } from "../contract/provider.ts";
import type { CacheEntry } from "./entry.ts";
import { ageMs } from "./ttl.ts";

/** A read can be joined for at least this long, in ms, even if the TTL is shorter or 0. */
const MIN_JOIN_MS = 1000;

/**
 * How a read ends that brought neither a document nor an error: the session it belonged to is gone, so each caller
 * starts over with the session there is then.
 */
export const SESSION_GONE = "session-gone";
export type SessionGone = typeof SESSION_GONE;

/** Names a document. `scope` is the part of `key` that stands for its connection and identity. */
export interface DocumentKey {
  readonly key: string;
  readonly fingerprint: string;
  readonly scope: string;
}

/** The lease of a document that is being delivered. Call one of the two. */
export interface LeaseHold {
  /** A caller has the document, or the cache does. `replaces`: the leases of earlier reads of it are ended. */
  keep(replaces: boolean): void;
  /** Nobody has the document: its lease is ended. */
  end(): void;
}

/** A document, when its request was sent, and the hold on its lease, if it has one. */
export interface ReadResult {
  readonly document: SecretDocument;
  readonly sent: Instant;
  readonly hold?: LeaseHold | undefined;
}

/** Sends one read to the vault. */
export type LoadDocument = (read: InFlightRead) => Promise<ReadResult | SessionGone>;

/** What a caller of a read accepts, and until when it waits. */
export interface ReadCaller {
  /** Only what is sent after this sequence number; 0 for whatever is fresh. */
  readonly minSequence: number;
  /** By `monotonicMs`, in ms. */
  readonly deadline: number;
  /** Leases of earlier reads of the document go on: their values are still in use. @default a refresh ends them */
  readonly keepsLeases?: boolean | undefined;
}

/** What identifies a read, and what its first caller asked for. */
export interface ReadOrigin extends DocumentKey, Pick<ReadCaller, "keepsLeases"> {
  readonly seq: number;
  /** Its first caller accepts only what is sent from now on. */
  readonly refresh: boolean;
  readonly started: Instant;
  /** The first caller's deadline, by `monotonicMs`, in ms. */
  readonly deadline: number;
}

/** One read in progress, and how many callers wait for it. */
export class InFlightRead {
  readonly key: string;
  readonly fingerprint: string;
  readonly scope: string;
  readonly seq: number;
  readonly refresh: boolean;
  /** Whether it ends the leases of earlier reads of the document. */
  readonly endsLeases: boolean;
  readonly #started: Instant;
  readonly #outcome = new Deferred<CacheEntry | SessionGone>();
  #joinedSeq: number;
  #sentSeq: number;
  #deadline: number;
  #waiters = 0;

  constructor(origin: ReadOrigin) {
    this.key = origin.key;
    this.fingerprint = origin.fingerprint;
    this.scope = origin.scope;
    this.seq = origin.seq;
    this.refresh = origin.refresh;
    this.endsLeases = origin.refresh && origin.keepsLeases !== true;
    this.#started = origin.started;
    this.#joinedSeq = origin.seq;
    this.#sentSeq = origin.seq;
    this.#deadline = origin.deadline;
  }

  /** The sequence number at which a caller joined last. */
  get joinedSeq(): number {
    return this.#joinedSeq;
  }

  /** The sequence number of the last attempt. It decides which of two answers is newer. */
  get sentSeq(): number {
    return this.#sentSeq;
  }

  /** The latest deadline of all callers, by `monotonicMs`, in ms: the read may take until then. */
  get deadline(): number {
    return this.#deadline;
  }

  /** Settles when the read ends, however it ends. */
  get outcome(): Promise<CacheEntry | SessionGone> {
    return this.#outcome.promise;
  }

  /** Aborts when the last caller has left, or when the read is cancelled. */
  get signal(): AbortSignal {
    return this.#outcome.signal;
  }

  /** Whether a caller waits for it. */
  get wanted(): boolean {
    return this.#waiters > 0 && !this.signal.aborted;
  }

  /** Whether it is young enough to be joined. */
  isYoung(ttlMs: number, now: Instant): boolean {
    return ageMs(this.#started, now) < Math.max(ttlMs, MIN_JOIN_MS);
  }

  /** A caller joins it. */
  joined(seq: number): void {
    this.#joinedSeq = seq;
  }

  /** An attempt is sent to the vault. */
  sent(seq: number): void {
    this.#sentSeq = seq;
  }

  settle(outcome: CacheEntry | SessionGone): void {
    this.#outcome.resolve(outcome);
  }

  fail(error: unknown): void {
    this.#outcome.reject(error);
  }

  /** Ends it for every caller at once, with an error or, without one, as `SESSION_GONE`. A later result is dropped. */
  cancel(error?: unknown): void {
    if (error === undefined) this.settle(SESSION_GONE);
    else this.fail(error);
    this.#outcome.abort();
  }

  /** A caller starts to wait. */
  enter(deadline: number): void {
    this.#waiters++;
    this.#deadline = Math.max(this.#deadline, deadline);
  }

  /** A caller stops waiting. Returns whether it was the last, in which case the read is aborted. */
  leave(): boolean {
    if (--this.#waiters > 0) return false;
    this.#outcome.abort();
    return true;
  }
}

/** All reads in progress: per document at most one that can be joined, and those that it has replaced. */
export class InFlightReads {
  readonly #joinable = new Map<string, InFlightRead>();
  readonly #byKey = new Map<string, Set<InFlightRead>>();

  /** Whether the document is being read. */
  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  joinable(key: string): InFlightRead | undefined {
    return this.#joinable.get(key);
  }

  add(read: InFlightRead): void {
    this.#joinable.set(read.key, read);
    const others = this.#byKey.get(read.key);
    if (others === undefined) this.#byKey.set(read.key, new Set([read]));
    else others.add(read);
  }

  /** No further caller may join it. */
  stopJoins(read: InFlightRead): void {
    if (this.#joinable.get(read.key) === read) this.#joinable.delete(read.key);
  }

  /** The read has ended. Returns whether the document is no longer being read at all. */
  remove(read: InFlightRead): boolean {
    this.stopJoins(read);
    const others = this.#byKey.get(read.key);
    others?.delete(read);
    if (others !== undefined && others.size > 0) return false;
    this.#byKey.delete(read.key);
    return true;
  }

  hasConnection(fingerprint: string): boolean {
    return !this.ofConnection(fingerprint).next().done;
  }

  *ofConnection(fingerprint: string): Generator<InFlightRead> {
    for (const reads of this.#byKey.values()) {
      for (const read of reads) if (read.fingerprint === fingerprint) yield read;
    }
  }

  *all(): Generator<InFlightRead> {
    for (const reads of this.#byKey.values()) yield* reads;
  }
}
