import type { SampledClock } from "../time/clock.ts";
import { POLICY } from "../errors/codes.ts";
import { isSecretError, type SecretError } from "../errors/secret-error.ts";
import type { SecretDocument } from "../contract/provider.ts";
import { assertDocument, CacheEntry } from "./entry.ts";
import { FreshReads, Generations, LatestAnswers, Spellings } from "./generations.ts";
import { InFlightRead, InFlightReads, SESSION_GONE } from "./in-flight.ts";
import type { DocumentKey, LoadDocument, ReadCaller, ReadResult } from "./in-flight.ts";
import { NegativeCache } from "./negative-cache.ts";
import type { TtlStore } from "./store.ts";

/**
 * Documents by key. Decides whether a stored document may be served, a read in flight may be joined, or a new read must
 * start; knows neither providers nor fields. Everything up to the start of a read is synchronous, so that two callers
 * never start one each for the same document.
 */
export class Cache {
  /** The stored documents. Read them with `hit`. */
  readonly store: TtlStore;
  readonly #now: SampledClock;
  readonly #generations = new Generations();
  readonly #inFlight = new InFlightReads();
  readonly #negative = new NegativeCache();
  readonly #freshReads = new FreshReads();
  readonly #latest = new LatestAnswers();
  readonly #spellings = new Spellings();

  constructor(store: TtlStore, now: SampledClock) {
    this.store = store;
    this.#now = now;
  }

  /** A sequence number that only reads sent from now on exceed. */
  nextSequence(): number {
    return this.#generations.next();
  }

  /** The stored document, if it is fresh and was sent after `minSequence`. */
  hit(key: string, minSequence: number): CacheEntry | undefined {
    this.#now.sample();
    return this.store.fresh(key, minSequence);
  }

  /** The vault's refusal, if it is in the negative cache and was sent after `minSequence`. */
  refusal(key: string, minSequence: number): SecretError | undefined {
    this.#now.sample();
    return this.#negative.recall(key, minSequence, this.#now);
  }

  /** The read in flight that a caller may join, else a new one, performed by `load`. */
  read(document: DocumentKey, caller: ReadCaller, load: LoadDocument): InFlightRead {
    const { key } = document;
    const { minSequence } = caller;
    // A refresh clears the negative cache, whatever its outcome.
    if (minSequence > 0) this.#negative.forget(key);
    const present = this.#inFlight.joinable(key);
    if (present !== undefined && this.#mayJoin(present, minSequence)) {
      present.joined(this.#generations.next());
      return present;
    }
    if (present !== undefined) this.#inFlight.stopJoins(present);
    const seq = this.#generations.next();
    const started = this.#now.instant();
    const read = new InFlightRead({ ...document, ...caller, seq, refresh: minSequence > 0, started });
    this.#inFlight.add(read);
    void this.#perform(read, this.store.ttlMs, load);
    return read;
  }

  /** An attempt of a read is sent: its answer is newer than that of every earlier attempt. */
  sent(read: InFlightRead): void {
    read.sent(this.#generations.next());
  }

  /** Whether a provider must ask the vault and use nothing it cached, because of a refresh or a reset. */
  mustBeFresh(key: string, minSequence: number): boolean {
    return minSequence > 0 || this.#freshReads.needed(key);
  }

  /** A caller stops waiting. After the last, the read is aborted and can no longer be joined. */
  leave(read: InFlightRead): void {
    if (read.leave()) this.#inFlight.stopJoins(read);
  }

  /** Drops everything. Reads in flight still answer their callers, but are not stored. Returns how many entries went. */
  resetAll(): number {
    this.#generations.resetAll();
    this.#freshReads.resetAll();
    this.#negative.clear();
    return this.store.dropWhere(() => true);
  }

  /** As `resetAll`, for one connection. */
  resetConnection(fingerprint: string): number {
    this.#generations.resetConnection(fingerprint);
    this.#freshReads.resetConnection(fingerprint);
    this.#negative.dropConnection(fingerprint);
    return this.store.dropWhere((entry) => entry.fingerprint === fingerprint);
  }

  /** As `resetAll`, for one secret under all its spellings. `before`: only what is numbered up to it. */
  resetDocument(key: string, before: number = this.#generations.next()): number {
    let count = 0;
    for (const one of this.spellings(key)) count += this.#drop(one, before);
    this.#spellings.reset(key, before);
    return count;
  }

  /** As `resetAll`, for one key; other spellings of the secret keep their entries. */
  dropDocument(key: string): number {
    return this.#drop(key, this.#generations.next());
  }

  /** A key, and the other keys that are known to name the same secret. */
  spellings(key: string): string[] {
    return [key, ...this.#spellings.others(key)];
  }

  /** Drops a connection's documents and ends its reads for every caller, as `InFlightRead.cancel`. Returns how many went. */
  dropConnection(fingerprint: string, error?: unknown): number {
    const dropped = this.resetConnection(fingerprint);
    for (const read of [...this.#inFlight.ofConnection(fingerprint)]) {
      this.#inFlight.stopJoins(read);
      read.cancel(error);
    }
    return dropped;
  }

  /** A connection is gone for good: forgets all that is known about it. */
  forgetConnection(fingerprint: string): void {
    if (this.#inFlight.hasConnection(fingerprint)) return;
    this.#generations.forgetConnection(fingerprint);
    this.#negative.forgetConnection(fingerprint);
    this.#spellings.forgetWhere((key) => key.startsWith(`${fingerprint}.`));
  }

  /** Forgets a connection's refusals, those of reads in flight included: the vault may answer differently now. */
  clearNegativeCache(fingerprint: string): void {
    this.#negative.clearConnection(fingerprint, this.#generations.next());
  }

  /** Ends every read and drops everything. */
  close(error: unknown): void {
    this.resetAll();
    for (const read of [...this.#inFlight.all()]) read.cancel(error);
    this.store.stop();
  }

  #mayJoin(read: InFlightRead, minSequence: number): boolean {
    if (read.signal.aborted || read.seq <= minSequence || this.#isSuperseded(read)) return false;
    // Refused since: what it brings counts no more.
    if (this.#latest.refusalAfter(read.key, read.sentSeq) !== undefined) return false;
    this.#now.sample();
    return read.isYoung(this.store.ttlMs, this.#now);
  }

  async #perform(read: InFlightRead, ttlMs: number, load: LoadDocument): Promise<void> {
    let hold: ReadResult["hold"];
    try {
      const result = await load(read);
      if (result === SESSION_GONE) return read.settle(SESSION_GONE);
      ({ hold } = result);
      if (this.#settle(read, result, ttlMs)) hold?.keep(read.endsLeases);
    } catch (thrown) {
      read.fail(thrown);
      if (isSecretError(thrown)) this.#refuse(read, thrown);
    } finally {
      hold?.end();
      if (this.#inFlight.remove(read)) {
        this.#generations.forgetDocument(read.key);
        this.#latest.forget(read.key);
      }
    }
  }

  /** Delivers a document to the callers, and stores it. Returns whether a caller or the store has it. */
  #settle(read: InFlightRead, { document, sent }: ReadResult, ttlMs: number): boolean {
    assertDocument(document);
    const { fingerprint, key, seq, sentSeq } = read;
    const entry = new CacheEntry(document, { fingerprint, seq, sentSeq, sent, ttlMs });
    const changed = this.#learn(read, document);
    const floor = this.#spellings.floor(key);
    // A newer request was refused: this document does not count, not even for callers who joined earlier.
    const refusal = this.#latest.refusalAfter(key, sentSeq);
    if (refusal !== undefined) return (read.fail(refusal), false);
    // The secret was reset under another spelling before a caller joined, which only this answer reveals.
    if (seq <= floor && read.joinedSeq > floor) return (read.settle(SESSION_GONE), false);
    // Callers have not copied its bytes yet.
    entry.pinUntil(read.outcome);
    const stored = this.#store(read, entry);
    if ((changed || read.refresh) && seq > floor) this.#outdate(key, seq - 1);
    const delivered = stored || read.wanted;
    read.settle(entry);
    return delivered;
  }

  #store(read: InFlightRead, entry: CacheEntry): boolean {
    if (this.#isSuperseded(read)) return false;
    this.#freshReads.answered(read.key, read.fingerprint);
    if (this.#latestSeq(read.key) > read.sentSeq) return false;
    this.#latest.setDocument(read.key, read.sentSeq);
    this.#negative.forget(read.key);
    return this.store.keep(read.key, entry);
  }

  #refuse(read: InFlightRead, error: SecretError): void {
    const { key, fingerprint, seq, sentSeq } = read;
    const { purge, remember } = POLICY[error.code];
    const documentSeq = this.#latestSeq(key);
    if (purge) {
      for (const one of this.spellings(key)) if (this.#latestSeq(one) < sentSeq) this.store.drop(one);
      this.#latest.setRefusal(key, sentSeq, error);
    }
    if (!remember || documentSeq > sentSeq || this.#negative.clearedSeq(fingerprint) > sentSeq) return;
    if (this.#isSuperseded(read)) return;
    this.#negative.remember(key, { error, at: this.#now.instant(), fingerprint, seq });
  }

  /** Notes which secret a document is. Returns whether the secret has changed since the key was last read. */
  #learn({ key, scope }: InFlightRead, { id, version }: SecretDocument): boolean {
    if (typeof id !== "string") return false;
    const { changed, early } = this.#spellings.learn(key, scope + id, version);
    if (early > 0) this.#outdate(key, early);
    return changed;
  }

  /** Drops what other spellings of a secret have, or are reading, that is numbered up to `before`. */
  #outdate(key: string, before: number): void {
    for (const other of this.#spellings.others(key)) this.#drop(other, before);
    this.#spellings.reset(key, before);
  }

  /** Drops what a key has that is numbered up to `before`. */
  #drop(key: string, before: number): number {
    if (this.#inFlight.has(key)) this.#generations.resetDocument(key, before);
    this.#freshReads.resetDocument(key);
    this.#negative.forget(key);
    return this.store.dropBefore(key, before) ? 1 : 0;
  }

  /** The number of the newest document that was received, stored or not. */
  #latestSeq(key: string): number {
    return Math.max(this.store.sentSeqOf(key), this.#latest.documentSeq(key));
  }

  /** Whether a reset or a relink came after the read was sent. */
  #isSuperseded({ fingerprint, key, seq }: InFlightRead): boolean {
    return seq <= Math.max(this.#generations.floor(fingerprint, key), this.#spellings.floor(key));
  }
}
