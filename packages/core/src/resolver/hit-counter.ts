/** Counts the reads that the cache answered, and those that it did not, of a vault and its views. */
export class HitCounter {
  #hits = 0;
  #misses = 0;

  hit(): void {
    this.#hits++;
  }

  miss(): void {
    this.#misses++;
  }

  counts(): { readonly hits: number; readonly misses: number } {
    return { hits: this.#hits, misses: this.#misses };
  }
}
