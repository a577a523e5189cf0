import { POLICY } from "../errors/codes.ts";
import { isSecretError, type SecretError } from "../errors/secret-error.ts";
import type { SecretDocument } from "../contract/provider.ts";
import { assertDocument, CacheEntry } from "./entry.ts";
import { InFlightRead, InFlightReads, isYoung, MOVED } from "./in-flight.ts";
import { FreshReads } from "./fresh-reads.ts";
import type { Hold } from "./hold.ts";
import { Newest } from "./newest.ts";
import { Generations } from "./generations.ts";
import type { ReadResult, DocumentKey, DocumentRead } from "./read.ts";
import { NegativeCache } from "./negative-cache.ts";
import type { TtlStore } from "./ttl-store.ts";
import { Spellings } from "./spellings.ts";
import type { SampledClock } from "../time/sampled-clock.ts";

/**
 * Documents by key. Decides whether one may answer, is joined or must be read; knows neither providers nor fields.
 * Everything up to starting a read is synchronous, so that no two callers start one for the same document.
 */
export class Cache {
  /** What is kept; its documents are asked for through `hit`. */
  readonly store: TtlStore;
  readonly #now: SampledClock;
  readonly #generations = new Generations();
  readonly #inFlight = new InFlightReads<CacheEntry>();
  readonly #negative = new NegativeCache();
  readonly #freshReads = new FreshReads();
  readonly #spellings = new Spellings();
  /** Since when each connection may answer otherwise. */
  readonly #doubted = new Map<string, number>();
  readonly #newest = new Newest();

  constructor(store: TtlStore, now: SampledClock) {
    this.store = store;
    this.#now = now;
  }

  /** A number that only reads sent from now on exceed. */
  nextSequence(): number {
    return this.#generations.next();
  }

  /** The document, if it may answer a caller who accepts what was sent after `minSequence`. */
  hit(key: string, minSequence: number): CacheEntry | undefined {
    this.#now.sample();
    return this.store.fresh(key, minSequence);
  }

  /** The remembered refusal, if the vault gave one less than ten seconds ago. */
  refusal(key: string, minSequence: number): SecretError | undefined {
    this.#now.sample();
    return this.#negative.recall(key, minSequence, this.#now);
  }

  /** The read under way that a caller may join, else a new one, which `load` performs. */
  read(document: DocumentKey, minSequence: number, load: (read: DocumentRead) => Promise<ReadResult>): DocumentRead {
    const { key } = document;
    // Who asks the vault anew doubts what is remembered, whatever becomes of the question.
    if (minSequence > 0) this.#negative.forget(key);
    const present = this.#inFlight.joinable(key);
    if (present !== undefined && this.#mayJoin(present, minSequence)) {
      present.joinedSeq = this.#generations.next();
      return present;
    }
    if (present !== undefined) this.#inFlight.stopJoins(present);
    const about = { seq: this.#generations.next(), refresh: minSequence > 0, started: this.#now.instant() };
    const read: DocumentRead = new InFlightRead({ ...document, ...about });
    this.#inFlight.add(read);
    void this.#perform(read, this.store.ttlMs, load);
    return read;
  }

  /** An attempt of a read goes out: its answer is newer than that of any attempt before. */
  sent(read: DocumentRead): void {
    read.sentSeq = this.#generations.next();
  }

  /** Whether only the vault may answer, because what the provider remembers may be from before a reset. */
  mustBeFresh(key: string, minSequence: number): boolean {
    return minSequence > 0 || this.#freshReads.needed(key);
  }

  /** The caller gives up; when it was the last, the read is aborted and can no longer be joined. */
  leave(read: DocumentRead): void {
    if (read.leave()) this.#inFlight.stopJoins(read);
  }

  /** Drops everything; a read under way is given to those who asked before, and not kept. Returns how many went. */
  resetAll(): number {
    this.#generations.resetAll();
    this.#freshReads.resetAll();
    this.#negative.clear();
    return this.store.dropWhere(() => true);
  }

  /** The same for one connection. */
  resetConnection(fingerprint: string): number {
    this.#generations.resetConnection(fingerprint);
    this.#freshReads.resetConnection(fingerprint);
    this.#negative.forgetConnection(fingerprint);
    return this.store.dropWhere((entry) => entry.fingerprint === fingerprint);
  }

  /** The same for one secret, under each of its spellings; for what is numbered up to `before` alone, if that is given. */
  resetDocument(key: string, before: number = this.#generations.next()): number {
    let count = 0;
    for (const one of this.spellings(key)) count += this.#drop(one, before);
    this.#spellings.reset(key, before);
    return count;
  }

  /** The same for one document; other spellings of its secret keep theirs. */
  dropDocument(key: string): number {
    return this.#drop(key, this.#generations.next());
  }

  /** A key, and the other keys of the same secret as far as known. */
  spellings(key: string): string[] {
    return [key, ...this.#spellings.others(key)];
  }

  /** Drops a connection's documents and ends its reads for everybody who waits. Returns how many went. */
  dropConnection(fingerprint: string, error: unknown): number {
    const gone = this.resetConnection(fingerprint);
    for (const read of [...this.#inFlight.ofConnection(fingerprint)]) {
      this.#inFlight.stopJoins(read);
      read.cancel(error);
    }
    return gone;
  }

  /** A connection is gone for good: nothing of it needs to be remembered. */
  forgetConnection(fingerprint: string): void {
    if (this.#inFlight.hasConnection(fingerprint)) return;
    this.#generations.forgetConnection(fingerprint);
    this.#doubted.delete(fingerprint);
    this.#spellings.forgetWhere((key) => key.startsWith(`${fingerprint}.`));
  }

  /** The vault may answer otherwise now: what it refused before is not remembered, nor what of it is still on its way. */
  clearNegativeCache(fingerprint: string): void {
    this.#doubted.set(fingerprint, this.#generations.next());
    this.#negative.forgetConnection(fingerprint);
  }

  /** Ends every read and drops everything. */
  close(error: unknown): void {
    this.resetAll();
    for (const read of [...this.#inFlight.all()]) read.cancel(error);
    this.store.stop();
  }

  #mayJoin(read: DocumentRead, minSequence: number): boolean {
    if (read.signal.aborted || read.seq <= minSequence || this.#isSuperseded(read)) return false;
    this.#now.sample();
    return isYoung(read.started, this.store.ttlMs, this.#now);
  }

  async #perform(read: DocumentRead, ttlMs: number, load: (read: DocumentRead) => Promise<ReadResult>): Promise<void> {
    let hold: Hold | undefined;
    try {
      const answer = await load(read);
      ({ hold } = answer);
      if (this.#settle(read, answer, ttlMs)) hold?.keep(read.refresh);
    } catch (thrown) {
      read.fail(thrown);
      if (isSecretError(thrown)) this.#refuse(read, thrown);
    } finally {
      hold?.end();
      if (this.#inFlight.remove(read)) {
        this.#generations.forgetDocument(read.key);
        this.#newest.forget(read.key);
      }
    }
  }

  /** Gives a document to those who wait, and keeps it. Returns whether anybody has it now. */
  #settle(read: DocumentRead, { document, sent }: ReadResult, ttlMs: number): boolean {
    assertDocument(document);
    const { fingerprint, key, seq, sentSeq } = read;
    const entry = new CacheEntry(document, { fingerprint, seq, sentSeq, sent, ttlMs });
    const changed = this.#learn(read, document);
    const floor = this.#spellings.floor(key);
    // The vault has refused since: what it said before no longer counts, not even for those who asked before. Or only now
    // it shows that the secret was reset under another spelling before somebody joined this read.
    const instead = this.#newest.refusalAfter(key, sentSeq) ?? (seq <= floor && read.joinedSeq > floor && MOVED);
    if (instead) return (read.fail(instead), false);
    // Until those who wait, who were here first, have taken it.
    entry.pinUntil(read.settled);
    const kept = this.#keep(read, entry);
    if ((changed || read.refresh) && seq > floor) this.#outdate(key, seq - 1);
    const handed = kept || read.wanted;
    read.settle(entry);
    return handed;
  }

  #keep(read: DocumentRead, entry: CacheEntry): boolean {
    if (this.#isSuperseded(read)) return false;
    this.#freshReads.answered(read.key, read.fingerprint);
    if (this.#newestSeq(read.key) > read.sentSeq) return false;
    this.#newest.gave(read.key, read.sentSeq);
    this.#negative.forget(read.key);
    return this.store.keep(read.key, entry);
  }

  #refuse(read: DocumentRead, error: SecretError): void {
    const { key, fingerprint, seq, sentSeq } = read;
    const { purge, remember } = POLICY[error.code];
    const keptSeq = this.#newestSeq(key);
    if (purge) {
      for (const one of this.spellings(key)) if (this.#newestSeq(one) < sentSeq) this.store.drop(one);
      this.#newest.refused(key, sentSeq, error);
    }
    const newest = Math.max(keptSeq, this.#doubted.get(fingerprint) ?? 0);
    if (!remember || newest > sentSeq || this.#isSuperseded(read)) return;
    this.#negative.remember(key, { error, at: this.#now.instant(), fingerprint, seq });
  }

  /** Notes which secret a document is. Returns whether that has changed since the same key was read before. */
  #learn({ key, scope }: DocumentRead, { id, version }: SecretDocument): boolean {
    if (typeof id !== "string") return false;
    const { changed, early } = this.#spellings.learn(key, scope + id, version);
    if (early > 0) this.#outdate(key, early);
    return changed;
  }

  /** What other spellings of a secret have, or have under way, that is numbered up to `before`, counts no more. */
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

  /** The number of the newest document that is known, kept or not. */
  #newestSeq(key: string): number {
    return Math.max(this.store.sentSeqOf(key), this.#newest.documentSeq(key));
  }

  /** A reset, or a relink, came after it was sent. */
  #isSuperseded({ fingerprint, key, seq }: DocumentRead): boolean {
    return seq <= Math.max(this.#generations.floor(fingerprint, key), this.#spellings.floor(key));
  }
}
