/** Documents that are counted; beyond it, the one that was not asked for longest is forgotten. */
const MAX_DOCUMENTS = 10_000;

/** Counts what a vault and its views read: from the cache or not, and how often each document was asked of its vault. */
export class ReadCounter {
  #hits = 0;
  #misses = 0;
  /** By cache key, the one asked for least recently first. */
  readonly #asked = new Map<string, number>();

  /** The cache answered. */
  hit(): void {
    this.#hits++;
  }

  /** The cache did not. */
  miss(): void {
    this.#misses++;
  }

  counts(): { readonly hits: number; readonly misses: number } {
    return { hits: this.#hits, misses: this.#misses };
  }

  /** A request for a document was sent to its vault. */
  sent(key: string): void {
    const before = this.sentFor(key);
    this.#asked.delete(key);
    this.#asked.set(key, before + 1);
    const [oldest] = this.#asked.keys();
    if (this.#asked.size > MAX_DOCUMENTS && oldest !== undefined) this.#asked.delete(oldest);
  }

  /** How many requests for a document were sent, whatever was dropped since. */
  sentFor(key: string): number {
    return this.#asked.get(key) ?? 0;
  }

  /** A connection is gone for good: forgets its documents. */
  forgetConnection(fingerprint: string): void {
    for (const key of this.#asked.keys()) if (key.startsWith(`${fingerprint}.`)) this.#asked.delete(key);
  }
}
