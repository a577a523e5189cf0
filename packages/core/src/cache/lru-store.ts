import { LRUCache } from "lru-cache";
import type { CacheEntry } from "./entry.ts";

/** How much is kept. */
export interface Bounds {
  readonly maxEntries: number;
  /** Bytes. */
  readonly maxBytes: number;
}

/** A value larger than this, in bytes, is given and not kept: it would push out many. */
const MAX_VALUE_BYTES = 1024 * 1024;

/** Kept documents, bounded by number and bytes, least recently used first to go; what goes is overwritten. */
export class LruStore {
  readonly #entries: LRUCache<string, CacheEntry>;

  constructor({ maxEntries, maxBytes }: Bounds) {
    this.#entries = new LRUCache({
      max: maxEntries,
      maxSize: maxBytes,
      // lru-cache asks for at least 1; an empty value is a value.
      sizeCalculation: (entry) => Math.max(1, entry.size),
      dispose: (entry) => entry.wipe(),
    });
  }

  /** The entry, as just used. */
  get(key: string): CacheEntry | undefined {
    return this.#entries.get(key);
  }

  /** The entry, without counting as use. */
  peek(key: string): CacheEntry | undefined {
    return this.#entries.peek(key);
  }

  /** Keeps an entry, if it is not too large. Returns whether it did. */
  set(key: string, entry: CacheEntry): boolean {
    if (entry.size > MAX_VALUE_BYTES) this.#entries.delete(key);
    else this.#entries.set(key, entry);
    return this.#entries.peek(key) === entry;
  }

  /** Drops one entry. Returns whether there was one. */
  drop(key: string): boolean {
    return this.#entries.delete(key);
  }

  /** Drops every entry that `goes`. Returns how many went. */
  dropWhere(goes: (entry: CacheEntry) => boolean): number {
    let count = 0;
    for (const [key, entry] of [...this.#entries.entries()]) {
      if (goes(entry) && this.#entries.delete(key)) count++;
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
