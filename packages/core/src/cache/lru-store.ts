import type { CacheEntry } from "./entry.ts";
import { LRUCache } from "lru-cache";

/** How much is stored. */
export interface Bounds {
  /** Absent: as many as fit `maxBytes`. */
  readonly maxEntries: number | undefined;
  /** Bytes. */
  readonly maxBytes: number;
}

/** A value larger than this, in bytes, is delivered and not stored: it would evict many others. */
const MAX_VALUE_BYTES = 1024 * 1024;
/** What an entry counts at least where their number has no bound of its own, in bytes: they cost memory beside the value. */
const MIN_BYTES = 256;
/** So many entries fit whatever bytes are allowed, if their values do. */
const MIN_ENTRIES = 1000;

/** Where a stored entry is found without its key, as long as it is stored. It keeps nothing of what was dropped. */
export class Place {
  readonly key: string;
  #entry: CacheEntry | undefined;
  /** The number of its last use that `LruStore` has yet to tell lru-cache of; 0 for none. */
  lastUse = 0;

  constructor(key: string, entry: CacheEntry) {
    this.key = key;
    this.#entry = entry;
  }

  /** The entry, until it is dropped or replaced. */
  get entry(): CacheEntry | undefined {
    return this.#entry;
  }

  /** The entry is no longer stored: its bytes are overwritten. */
  empty(): void {
    this.#entry?.wipe();
    this.#entry = undefined;
  }
}

/** Stored documents, bounded by number and bytes, evicted least recently used first. Evicted bytes are overwritten. */
export class LruStore {
  readonly #places: LRUCache<string, Place>;
  #bytes = 0;
  #evicted = 0;
  #uses = 0;
  /** What was used since an entry was last stored. The order matters only when one more is stored. */
  #used: Place[] = [];

  constructor({ maxEntries, maxBytes }: Bounds) {
    const counted = maxEntries === undefined ? Math.min(MIN_BYTES, Math.floor(maxBytes / MIN_ENTRIES)) : 0;
    // lru-cache requires at least 1; an empty value is a value too.
    const least = Math.max(1, counted);
    this.#places = new LRUCache({
      ...(maxEntries !== undefined && { max: maxEntries }),
      maxSize: maxBytes,
      sizeCalculation: ({ entry }) => Math.max(least, entry?.size ?? 0),
      dispose: (place, _key, reason) => {
        this.#bytes -= place.entry?.size ?? 0;
        if (reason === "evict") this.#evicted++;
        place.empty();
      },
    });
  }

  /** Where the entry of a key is stored. Does not count as use. */
  find(key: string): Place | undefined {
    return this.#places.peek(key);
  }

  /** The entry; does not count as use. */
  peek(key: string): CacheEntry | undefined {
    return this.#places.peek(key)?.entry;
  }

  /** Counts as use of what is stored there. */
  use(place: Place): void {
    if (place.lastUse === 0) this.#used.push(place);
    place.lastUse = ++this.#uses;
  }

  /** Stores an entry, if it is not too large. Returns whether it was. */
  set(key: string, entry: CacheEntry): boolean {
    this.#reorder();
    if (entry.size > MAX_VALUE_BYTES) this.#places.delete(key);
    else this.#places.set(key, new Place(key, entry));
    const isStored = this.peek(key) === entry;
    if (isStored) this.#bytes += entry.size;
    return isStored;
  }

  /** Drops one entry. Returns whether there was one. */
  drop(key: string): boolean {
    return this.#places.delete(key);
  }

  /** Drops every entry that matches. Returns how many went. */
  dropWhere(matches: (entry: CacheEntry) => boolean): number {
    let count = 0;
    for (const { key, entry } of [...this.#places.values()]) {
      if (entry !== undefined && matches(entry) && this.#places.delete(key)) count++;
    }
    return count;
  }

  /** Every entry. */
  *entries(): Generator<CacheEntry> {
    for (const { entry } of this.#places.values()) if (entry !== undefined) yield entry;
  }

  get count(): number {
    return this.#places.size;
  }

  /** Bytes of the values that are stored. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many entries others have pushed out so far. */
  get evicted(): number {
    return this.#evicted;
  }

  /** Tells lru-cache of every use, the latest last. */
  #reorder(): void {
    for (const place of this.#used.toSorted((a, b) => a.lastUse - b.lastUse)) {
      place.lastUse = 0;
      if (place.entry !== undefined) this.#places.get(place.key);
    }
    this.#used = [];
  }
}
