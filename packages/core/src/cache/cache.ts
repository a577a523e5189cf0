import { POLICY } from "../errors/policy.ts";
import { isSecretError, type SecretError } from "../errors/secret-error.ts";
import type { SecretDocument } from "../provider.ts";
import { assertDocument, Entry } from "./entry.ts";
import { Flight, Flights, isYoung, MOVED } from "./flights.ts";
import { Freshness } from "./freshness.ts";
import type { Hold } from "./hold.ts";
import { Newest } from "./newest.ts";
import { Order } from "./order.ts";
import type { Answer, DocumentKey, Read } from "./read.ts";
import { Refusals } from "./refusals.ts";
import type { Shelf } from "./shelf.ts";
import { Spellings } from "./spellings.ts";
import type { Present } from "./time.ts";

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
  readonly #spellings = new Spellings();
  /** Since when each connection may answer otherwise. */
  readonly #doubted = new Map<string, number>();
  readonly #newest = new Newest();

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
    return this.#refusals.recall(key, notBefore, this.#now);
  }

  /** The read under way that a caller may join, else a new one, which `load` performs. */
  read(document: DocumentKey, notBefore: number, load: (read: Read) => Promise<Answer>): Read {
    const { key } = document;
    // Who asks the vault anew doubts what is remembered, whatever becomes of the question.
    if (notBefore > 0) this.#refusals.forget(key);
    const present = this.#flights.joinable(key);
    if (present !== undefined && this.#mayJoin(present, notBefore)) {
      present.joinedSeq = this.#order.next();
      return present;
    }
    if (present !== undefined) this.#flights.retire(present);
    const seq = this.#order.next();
    const read: Read = new Flight({ ...document, seq, refresh: notBefore > 0, started: this.#now.moment() });
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

  /** Drops everything; a read under way is given to those who asked before, and not kept. Returns how many went. */
  resetAll(): number {
    this.#order.resetAll();
    this.#freshness.resetAll();
    this.#refusals.clear();
    return this.shelf.dropWhere(() => true);
  }

  /** The same for one connection. */
  resetConnection(fingerprint: string): number {
    this.#order.resetConnection(fingerprint);
    this.#freshness.resetConnection(fingerprint);
    this.#refusals.forgetConnection(fingerprint);
    return this.shelf.dropWhere((entry) => entry.fingerprint === fingerprint);
  }

  /** The same for one secret, under each of its spellings; for what is numbered up to `before` alone, if that is given. */
  resetDocument(key: string, before: number = this.#order.next()): number {
    let count = 0;
    for (const one of this.spellings(key)) count += this.#drop(one, before);
    this.#spellings.reset(key, before);
    return count;
  }

  /** The same for one document; other spellings of its secret keep theirs. */
  dropDocument(key: string): number {
    return this.#drop(key, this.#order.next());
  }

  /** A key, and the other keys of the same secret as far as known. */
  spellings(key: string): string[] {
    return [key, ...this.#spellings.others(key)];
  }

  /** Drops a connection's documents and ends its reads for everybody who waits. Returns how many went. */
  dropConnection(fingerprint: string, error: unknown): number {
    const gone = this.resetConnection(fingerprint);
    for (const read of [...this.#flights.ofConnection(fingerprint)]) {
      this.#flights.retire(read);
      read.callOff(error);
    }
    return gone;
  }

  /** A connection is gone for good: nothing of it needs to be remembered. */
  forgetConnection(fingerprint: string): void {
    if (this.#flights.hasConnection(fingerprint)) return;
    this.#order.forgetConnection(fingerprint);
    this.#doubted.delete(fingerprint);
    this.#spellings.forgetWhere((key) => key.startsWith(`${fingerprint}.`));
  }

  /** The vault may answer otherwise now: what it refused before is not remembered, nor what of it is still on its way. */
  forgetRefusals(fingerprint: string): void {
    this.#doubted.set(fingerprint, this.#order.next());
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
    return isYoung(read.started, this.shelf.ttlMs, this.#now);
  }

  async #perform(read: Read, ttlMs: number, load: (read: Read) => Promise<Answer>): Promise<void> {
    let hold: Hold | undefined;
    try {
      const answer = await load(read);
      ({ hold } = answer);
      if (this.#land(read, answer, ttlMs)) hold?.keep(read.refresh);
    } catch (thrown) {
      read.fail(thrown);
      if (isSecretError(thrown)) this.#refuse(read, thrown);
    } finally {
      hold?.end();
      if (this.#flights.remove(read)) {
        this.#order.forgetDocument(read.key);
        this.#newest.forget(read.key);
      }
    }
  }

  /** Gives a document to those who wait, and keeps it. Returns whether anybody has it now. */
  #land(read: Read, { document, sent }: Answer, ttlMs: number): boolean {
    assertDocument(document);
    const { fingerprint, key, seq, sentSeq } = read;
    const entry = new Entry(document, { fingerprint, seq, sentSeq, sent, ttlMs });
    const changed = this.#learn(read, document);
    const floor = this.#spellings.floor(key);
    // The vault has refused since: what it said before no longer counts, not even for those who asked before. Or only now
    // it shows that the secret was reset under another spelling before somebody joined this read.
    const instead = this.#newest.refusalAfter(key, sentSeq) ?? (seq <= floor && read.joinedSeq > floor && MOVED);
    if (instead) return (read.fail(instead), false);
    // Until those who wait, who were here first, have taken it.
    entry.pinUntil(read.landed);
    const kept = this.#keep(read, entry);
    if ((changed || read.refresh) && seq > floor) this.#outdate(key, seq - 1);
    const handed = kept || read.wanted;
    read.land(entry);
    return handed;
  }

  #keep(read: Read, entry: Entry): boolean {
    if (this.#isSuperseded(read)) return false;
    this.#freshness.answered(read.key, read.fingerprint);
    if (this.#newestSeq(read.key) > read.sentSeq) return false;
    this.#newest.gave(read.key, read.sentSeq);
    this.#refusals.forget(read.key);
    return this.shelf.keep(read.key, entry);
  }

  #refuse(read: Read, error: SecretError): void {
    const { key, fingerprint, seq, sentSeq } = read;
    const { purge, remember } = POLICY[error.code];
    const keptSeq = this.#newestSeq(key);
    if (purge) {
      for (const one of this.spellings(key)) if (this.#newestSeq(one) < sentSeq) this.shelf.drop(one);
      this.#newest.refused(key, sentSeq, error);
    }
    const newest = Math.max(keptSeq, this.#doubted.get(fingerprint) ?? 0);
    if (!remember || newest > sentSeq || this.#isSuperseded(read)) return;
    this.#refusals.remember(key, { error, at: this.#now.moment(), fingerprint, seq });
  }

  /** Notes which secret a document is. Returns whether that has changed since the same key was read before. */
  #learn({ key, scope }: Read, { id, version }: SecretDocument): boolean {
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
    if (this.#flights.has(key)) this.#order.resetDocument(key, before);
    this.#freshness.resetDocument(key);
    this.#refusals.forget(key);
    return this.shelf.dropBefore(key, before) ? 1 : 0;
  }

  /** The number of the newest document that is known, kept or not. */
  #newestSeq(key: string): number {
    return Math.max(this.shelf.sentSeqOf(key), this.#newest.documentSeq(key));
  }

  /** A reset, or a relink, came after it was sent. */
  #isSuperseded({ fingerprint, key, seq }: Read): boolean {
    return seq <= Math.max(this.#order.floor(fingerprint, key), this.#spellings.floor(key));
  }
}
