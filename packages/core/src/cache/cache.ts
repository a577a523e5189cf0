import { POLICY } from "../errors/policy.ts";
import { isSecretError, SecretError } from "../errors/secret-error.ts";
import type { SecretDocument } from "../provider.ts";
import { ageMs } from "./age.ts";
import { assertDocument, Entry } from "./entry.ts";
import { Flight, Flights } from "./flights.ts";
import { Freshness } from "./freshness.ts";
import { Order } from "./order.ts";
import { Refusals } from "./refusals.ts";
import type { Shelf } from "./shelf.ts";
import type { Moment, Present } from "./time.ts";

/** A document and when the request that brought it was sent. */
export interface Answer {
  readonly document: SecretDocument;
  readonly sent: Moment;
}

/** A read of one document, to be joined by whoever wants the same. */
export type Read = Flight<Entry>;

/** Concurrent reads share one call at least this long, in ms, though the TTL be shorter, or 0. */
const MIN_JOIN_MS = 1000;

/**
 * Documents by key. Decides whether one may answer, is joined or must be read; knows neither providers nor fields.
 * Everything up to starting a read is synchronous, so that no two callers start one for the same document.
 */
export class Cache {
  /** What is kept; its documents are asked for through `hit`. */
  readonly shelf: Shelf;
  readonly #now: Present;
  readonly #order = new Order();
  readonly #flights = new Flights<Entry>();
  readonly #refusals = new Refusals();
  readonly #freshness = new Freshness();
  /** The number of the newest answer that was a document, while other reads of it are still under way. */
  readonly #answered = new Map<string, number>();
  /** The newest refusal of a document of which older reads are still under way. */
  readonly #refused = new Map<string, { readonly sentSeq: number; readonly error: SecretError }>();

  constructor(shelf: Shelf, now: Present) {
    this.shelf = shelf;
    this.#now = now;
  }

  /** A number that only reads sent from now on exceed. */
  mark(): number {
    return this.#order.next();
  }

  /** The document, if it may answer a caller who accepts what was sent after `notBefore`. */
  hit(key: string, notBefore: number): Entry | undefined {
    this.#now.look();
    return this.shelf.fresh(key, notBefore);
  }

  /** The remembered refusal, if the vault gave one less than ten seconds ago. */
  refusal(key: string, notBefore: number): SecretError | undefined {
    this.#now.look();
    const known = this.#refusals.recall(key, notBefore, this.#now);
    return (
      known && new SecretError(known.error.code, known.error.message, { ...known.error.details, ageMs: known.ageMs })
    );
  }

  /** The read under way that a caller may join, else a new one, which `load` performs. */
  read(key: string, fingerprint: string, notBefore: number, load: (read: Read) => Promise<Answer>): Read {
    // Who asks the vault anew doubts what is remembered, whatever becomes of the question.
    if (notBefore > 0) this.#refusals.forget(key);
    const present = this.#flights.joinable(key);
    if (present !== undefined && this.#mayJoin(present, notBefore)) return present;
    if (present !== undefined) this.#flights.retire(present);
    const read: Read = new Flight({ key, fingerprint, seq: this.#order.next(), started: this.#now.moment() });
    this.#flights.add(read);
    void this.#perform(read, this.shelf.ttlMs, load);
    return read;
  }

  /** An attempt of a read goes out: its answer is newer than that of any attempt before. */
  sent(read: Read): void {
    read.sentSeq = this.#order.next();
  }

  /** Whether only the vault may answer, because what the provider remembers may be from before a reset. */
  mustBeFresh(key: string, notBefore: number): boolean {
    return notBefore > 0 || this.#freshness.needed(key);
  }

  /** The caller gives up; when it was the last, the read is aborted and can no longer be joined. */
  leave(read: Read): void {
    if (read.leave()) this.#flights.retire(read);
  }

  /** Drops everything; a read under way is given to those who asked before, and not kept. Returns what went. */
  resetAll(): Entry[] {
    this.#order.resetAll();
    this.#freshness.resetAll();
    this.#refusals.clear();
    return this.shelf.dropWhere(() => true);
  }

  /** The same for one connection. */
  resetConnection(fingerprint: string): Entry[] {
    this.#order.resetConnection(fingerprint);
    this.#freshness.resetConnection(fingerprint);
    this.#refusals.forgetConnection(fingerprint);
    return this.shelf.dropWhere((entry) => entry.fingerprint === fingerprint);
  }

  /** The same for one document. */
  resetDocument(key: string): Entry[] {
    if (this.#flights.has(key)) this.#order.resetDocument(key);
    this.#freshness.resetDocument(key);
    this.#refusals.forget(key);
    const gone = this.shelf.drop(key);
    return gone === undefined ? [] : [gone];
  }

  /** Drops a connection's documents and ends its reads for everybody who waits. Returns what went. */
  dropConnection(fingerprint: string, error: unknown): Entry[] {
    const gone = this.resetConnection(fingerprint);
    for (const read of [...this.#flights.ofConnection(fingerprint)]) {
      this.#flights.retire(read);
      read.callOff(error);
    }
    return gone;
  }

  forgetRefusals(fingerprint: string): void {
    this.#refusals.forgetConnection(fingerprint);
  }

  /** Ends every read and drops everything. */
  close(error: unknown): void {
    this.resetAll();
    for (const read of [...this.#flights.all()]) read.callOff(error);
    this.shelf.stop();
  }

  #mayJoin(read: Read, notBefore: number): boolean {
    if (read.signal.aborted || read.seq <= notBefore || this.#isSuperseded(read)) return false;
    this.#now.look();
    return ageMs(read.started, this.#now) < Math.max(this.shelf.ttlMs, MIN_JOIN_MS);
  }

  async #perform(read: Read, ttlMs: number, load: (read: Read) => Promise<Answer>): Promise<void> {
    try {
      const { document, sent } = await load(read);
      assertDocument(document);
      const { fingerprint, seq, sentSeq } = read;
      const entry = new Entry(document, { fingerprint, seq, sentSeq, sent, ttlMs });
      const refused = this.#refused.get(read.key);
      // The vault has refused since: what it said before no longer counts, not even for those who asked before.
      if (refused !== undefined && refused.sentSeq > sentSeq) read.fail(refused.error);
      else {
        entry.pin();
        this.#keep(read, entry);
        read.land(entry);
        // Called after those who wait, who were here first; rejected where the read was called off meanwhile.
        const unpin = (): void => entry.unpin();
        read.landed.then(unpin, unpin);
      }
    } catch (thrown) {
      read.fail(thrown);
      if (isSecretError(thrown)) this.#refuse(read, thrown);
    } finally {
      if (this.#flights.remove(read)) {
        this.#order.forgetDocument(read.key);
        this.#refused.delete(read.key);
        this.#answered.delete(read.key);
      }
    }
  }

  #keep(read: Read, entry: Entry): void {
    if (this.#isSuperseded(read)) return;
    this.#freshness.answered(read.key, read.fingerprint);
    if (this.#newestSeq(read.key) > read.sentSeq) return;
    this.#answered.set(read.key, read.sentSeq);
    this.#refusals.forget(read.key);
    this.shelf.keep(read.key, entry);
  }

  #refuse(read: Read, error: SecretError): void {
    const { key, fingerprint, seq, sentSeq } = read;
    const { purge, remember } = POLICY[error.code];
    const keptSeq = this.#newestSeq(key);
    if (purge) {
      if (keptSeq < sentSeq) this.shelf.drop(key);
      if ((this.#refused.get(key)?.sentSeq ?? 0) < sentSeq) this.#refused.set(key, { sentSeq, error });
    }
    if (!remember || keptSeq > sentSeq || this.#isSuperseded(read)) return;
    this.#refusals.remember(key, { error, at: this.#now.moment(), fingerprint, seq });
  }

  /** The number of the newest document that is known, kept or not. */
  #newestSeq(key: string): number {
    return Math.max(this.shelf.sentSeqOf(key), this.#answered.get(key) ?? 0);
  }

  /** A reset, or a relink, came after it was sent. */
  #isSuperseded({ fingerprint, key, seq }: Read): boolean {
    return seq <= this.#order.floor(fingerprint, key);
  }
}
