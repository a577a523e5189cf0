/**
 * The one counter that orders reads and resets. A value is served, joined or stored only if its number is greater than
 * that of every reset covering it.
 */
export class Generations {
  #last = 0;
  #everything = 0;
  readonly #connections = new Map<string, number>();
  readonly #documents = new Map<string, number>();

  /** The next number: for a read that is sent, or for a caller who accepts only what is sent after it. */
  next(): number {
    return ++this.#last;
  }

  /** Supersedes every read numbered so far. */
  resetAll(): void {
    this.#everything = this.next();
    this.#connections.clear();
    this.#documents.clear();
  }

  /** Supersedes the reads of one connection. */
  resetConnection(fingerprint: string): void {
    this.#connections.set(fingerprint, this.next());
  }

  /** Supersedes the reads of one document numbered up to `before`. */
  resetDocument(key: string, before: number): void {
    this.#documents.set(key, Math.max(before, this.#documents.get(key) ?? 0));
  }

  /** The number a read must exceed to be of use. */
  floor(fingerprint: string, key: string): number {
    return Math.max(this.#everything, this.#connections.get(fingerprint) ?? 0, this.#documents.get(key) ?? 0);
  }

  /** Drops the mark of a connection that is gone, and of which no read is under way. */
  forgetConnection(fingerprint: string): void {
    this.#connections.delete(fingerprint);
  }

  /** Drops the mark of a document of which no read is under way: nothing older is left to supersede. */
  forgetDocument(key: string): void {
    this.#documents.delete(key);
  }
}
