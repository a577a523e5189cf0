import { ageMs, freshForMs, isFresh, isWithinStale, staleForMs } from "./ttl.ts";
import type { CacheEntry } from "./entry.ts";
import type { ExpiryTimer, SampledClock } from "../time/clock.ts";
import { LRUCache } from "lru-cache";

/** What a store is made of. Times in ms. */
export interface TtlStoreParts {
  readonly now: SampledClock;
  readonly store: LruStore;
  readonly expiryTimer: ExpiryTimer;
  readonly ttlMs: number;
  readonly staleMs: number;
}

/** Stored documents, and how long each may be served. Knows nothing of reads in flight. */
export class TtlStore {
  readonly #now: SampledClock;
  readonly #store: LruStore;
  readonly #expiryTimer: ExpiryTimer;
  readonly #staleMs: number;
  #ttlMs: number;

  constructor(parts: TtlStoreParts) {
    this.#now = parts.now;
    this.#store = parts.store;
    this.#expiryTimer = parts.expiryTimer;
    this.#ttlMs = parts.ttlMs;
    this.#staleMs = parts.staleMs;
  }

  get ttlMs(): number {
    return this.#ttlMs;
  }

  /**
   * Lowering drops everything that is not fresh under the new TTL, stale entries included; 0 drops everything. Raising
   * affects only what is fetched afterwards: what has expired stays expired.
   */
  setTtl(ttlMs: number): void {
    this.#sweep();
    for (const entry of this.#store.entries()) if (!this.#isFresh(entry)) entry.expire(this.#ttlMs);
    const lowered = ttlMs < this.#ttlMs;
    this.#ttlMs = ttlMs;
    if (lowered) this.#store.dropWhere((entry) => !this.#isFresh(entry));
    this.#sweep();
  }

  /** The document, if it is fresh and was sent after `minSequence`. The caller has just sampled the clock. */
  fresh(key: string, minSequence: number): CacheEntry | undefined {
    const entry = this.#store.get(key);
    if (entry === undefined || entry.seq <= minSequence) return undefined;
    return isFresh(entry, this.#ttlMs, this.#now) ? entry : undefined;
  }

  /** The expired document, if it may be served because the vault cannot be asked. */
  stale(key: string, minSequence: number): CacheEntry | undefined {
    const entry = this.#store.peek(key);
    if (entry === undefined || entry.seq <= minSequence) return undefined;
    this.#now.sample();
    return isWithinStale(entry, this.#ttlMs, this.#staleMs, this.#now) ? entry : undefined;
  }

  /** The number of the attempt that brought the stored document; 0 for none. */
  sentSeqOf(key: string): number {
    return this.#store.peek(key)?.sentSeq ?? 0;
  }

  /** The vault's own version id of the stored document, fresh or not. */
  versionOf(key: string): string | undefined {
    return this.#store.peek(key)?.version;
  }

  /** Stores a document. One that has expired already is not stored, and its predecessor goes. Returns whether it was. */
  keep(key: string, entry: CacheEntry): boolean {
    this.#now.sample();
    if (!this.#isFresh(entry)) {
      this.#store.drop(key);
      return false;
    }
    const kept = this.#store.set(key, entry);
    if (kept) this.#expect(entry);
    return kept;
  }

  drop(key: string): boolean {
    return this.#store.drop(key);
  }

  /** Drops a document that is numbered up to `before`. */
  dropBefore(key: string, before: number): boolean {
    const entry = this.#store.peek(key);
    return entry !== undefined && entry.seq <= before && this.#store.drop(key);
  }

  dropWhere(matches: (entry: CacheEntry) => boolean): number {
    return this.#store.dropWhere(matches);
  }

  /** Its age in ms when the clock was last sampled. */
  age(entry: CacheEntry): number {
    return ageMs(entry.sent, this.#now);
  }

  /** Ms until it stops being fresh, by the clock when it was last sampled. */
  freshForMs(entry: CacheEntry): number {
    return freshForMs(entry, this.#ttlMs, this.#now);
  }

  /** A document that was served although it had expired, with its age and how long it may still be, in ms. */
  inspectStale(
    key: string,
  ): { readonly entry: CacheEntry; readonly ageMs: number; readonly endsInMs: number } | undefined {
    const entry = this.#store.peek(key);
    this.#now.sample();
    if (entry?.staleCause === undefined || this.#isFresh(entry)) return undefined;
    const endsInMs = staleForMs(entry, this.#ttlMs, this.#staleMs, this.#now);
    return endsInMs > 0 ? { entry, ageMs: this.age(entry), endsInMs } : undefined;
  }

  /** The stored document, its age and its remaining freshness, in ms. Does not count as use. */
  inspect(
    key: string,
  ): { readonly entry: CacheEntry; readonly ageMs: number; readonly expiresInMs: number } | undefined {
    const entry = this.#store.peek(key);
    if (entry === undefined) return undefined;
    this.#now.sample();
    const expiresInMs = freshForMs(entry, this.#ttlMs, this.#now);
    return expiresInMs > 0 ? { entry, ageMs: this.age(entry), expiresInMs } : undefined;
  }

  /** How many documents of a connection are stored. */
  count(fingerprint: string): number {
    let count = 0;
    for (const entry of this.#store.entries()) if (entry.fingerprint === fingerprint) count++;
    return count;
  }

  get size(): { readonly entries: number; readonly bytes: number } {
    return { entries: this.#store.count, bytes: this.#store.bytes };
  }

  /** Cancels the expiry timer. */
  stop(): void {
    this.#expiryTimer.stop();
  }

  #isFresh(entry: CacheEntry): boolean {
    return isFresh(entry, this.#ttlMs, this.#now);
  }

  /** Evicts expired entries and re-arms the timer. */
  #sweep(): void {
    this.#now.sample();
    this.#store.dropWhere(
      (entry) => !this.#isFresh(entry) && !isWithinStale(entry, this.#ttlMs, this.#staleMs, this.#now),
    );
    for (const entry of this.#store.entries()) this.#expect(entry);
  }

  #expect(entry: CacheEntry): void {
    const inMs = freshForMs(entry, this.#ttlMs, this.#now) + this.#staleMs;
    this.#expiryTimer.expect(inMs, () => this.#sweep());
  }
}

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
