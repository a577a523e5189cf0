import { LRUCache } from "lru-cache";
import type { CacheEntry } from "./entry.ts";

/** How much is stored. */
export interface Bounds {
  readonly maxEntries: number;
  /** Bytes. */
  readonly maxBytes: number;
}

/** A value larger than this, in bytes, is delivered and not stored: it would evict many others. */
const MAX_VALUE_BYTES = 1024 * 1024;

/** Stored documents, bounded by number and bytes, evicted least recently used first. Evicted bytes are overwritten. */
export class LruStore {
  readonly #entries: LRUCache<string, CacheEntry>;

  constructor({ maxEntries, maxBytes }: Bounds) {
    this.#entries = new LRUCache({
      max: maxEntries,
      maxSize: maxBytes,
      // lru-cache requires at least 1; an empty value is a value too.
      sizeCalculation: (entry) => Math.max(1, entry.size),
      dispose: (entry) => entry.wipe(),
    });
  }

  /** The entry; counts as use. */
  get(key: string): CacheEntry | undefined {
    return this.#entries.get(key);
  }

  /** The entry; does not count as use. */
  peek(key: string): CacheEntry | undefined {
    return this.#entries.peek(key);
  }

  /** Stores an entry, if it is not too large. Returns whether it was. */
  set(key: string, entry: CacheEntry): boolean {
    if (entry.size > MAX_VALUE_BYTES) this.#entries.delete(key);
    else this.#entries.set(key, entry);
    return this.#entries.peek(key) === entry;
  }

  /** Drops one entry. Returns whether there was one. */
  drop(key: string): boolean {
    return this.#entries.delete(key);
  }

  /** Drops every entry that matches. Returns how many went. */
  dropWhere(matches: (entry: CacheEntry) => boolean): number {
    let count = 0;
    for (const [key, entry] of [...this.#entries.entries()]) {
      if (matches(entry) && this.#entries.delete(key)) count++;
    }
    return count;
  }

  /** Every entry, most recently used first. */
  entries(): Iterable<CacheEntry> {
    return this.#entries.values();
  }

  get count(): number {
    return this.#entries.size;
  }

  /** Bytes held. */
  get bytes(): number {
    return this.#entries.calculatedSize;
  }
}
