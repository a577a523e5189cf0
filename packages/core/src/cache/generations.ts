import type { SecretError } from "../errors/secret-error.ts";

/** How many documents `FreshReads` remembers. */
const MAX_KEYS = 10_000;

/**
 * The counter that orders reads and resets. A document is served, joined or stored only if its sequence number exceeds
 * that of every reset that covers it. ARCHITECTURE.md explains the counters of the cache, with an example of each race.
 */
export class Generations {
  #last = 0;
  #everything = 0;
  readonly #connections = new Map<string, number>();
  readonly #documents = new Map<string, number>();

  /** The next sequence number. */
  next(): number {
    return ++this.#last;
  }

  /** Invalidates every read numbered so far. */
  resetAll(): void {
    this.#everything = this.next();
    this.#connections.clear();
    this.#documents.clear();
  }

  /** Invalidates the reads of one connection. */
  resetConnection(fingerprint: string): void {
    this.#connections.set(fingerprint, this.next());
  }

  /** Invalidates the reads of one document numbered up to `before`. */
  resetDocument(key: string, before: number): void {
    this.#documents.set(key, Math.max(before, this.#documents.get(key) ?? 0));
  }

  /** The number that a read must exceed to count. */
  floor(fingerprint: string, key: string): number {
    return Math.max(this.#everything, this.#connections.get(fingerprint) ?? 0, this.#documents.get(key) ?? 0);
  }

  /** Forgets a connection that is gone, once no read of it is in flight. */
  forgetConnection(fingerprint: string): void {
    this.#connections.delete(fingerprint);
  }

  /** Forgets a document's resets once no read of it is in flight: nothing older is left to invalidate. */
  forgetDocument(key: string): void {
    this.#documents.delete(key);
  }
}

/**
 * The documents that the vault itself has answered for since the last reset. Providers may cache where a name points;
 * the first read of each document after a reset tells them not to use that.
 */
export class FreshReads {
  #anyReset = false;
  readonly #answered = new Map<string, string>();

  needed(key: string): boolean {
    return this.#anyReset && !this.#answered.has(key);
  }

  answered(key: string, fingerprint: string): void {
    if (!this.#anyReset) return;
    // A forgotten document costs one more fresh read, never a wrong value.
    if (this.#answered.size >= MAX_KEYS) this.#answered.clear();
    this.#answered.set(key, fingerprint);
  }

  resetAll(): void {
    this.#anyReset = true;
    this.#answered.clear();
  }

  resetConnection(fingerprint: string): void {
    this.#anyReset = true;
    for (const [key, of] of this.#answered) if (of === fingerprint) this.#answered.delete(key);
  }

  resetDocument(key: string): void {
    this.#anyReset = true;
    this.#answered.delete(key);
  }
}

/** The newest answer for each document that is being read: several reads of one document may end out of order. */
export class LatestAnswers {
  readonly #documents = new Map<string, number>();
  readonly #refusals = new Map<string, { readonly sentSeq: number; readonly error: SecretError }>();

  /** The number of the newest answer that was a document; 0 for none. */
  documentSeq(key: string): number {
    return this.#documents.get(key) ?? 0;
  }

  setDocument(key: string, sentSeq: number): void {
    this.#documents.set(key, sentSeq);
  }

  /** The refusal of a request that was sent after `sentSeq`. */
  refusalAfter(key: string, sentSeq: number): SecretError | undefined {
    const refusal = this.#refusals.get(key);
    return refusal !== undefined && refusal.sentSeq > sentSeq ? refusal.error : undefined;
  }

  setRefusal(key: string, sentSeq: number, error: SecretError): void {
    if ((this.#refusals.get(key)?.sentSeq ?? 0) < sentSeq) this.#refusals.set(key, { sentSeq, error });
  }

  /** No read of the document is in flight any more. */
  forget(key: string): void {
    this.#documents.delete(key);
    this.#refusals.delete(key);
  }
}
