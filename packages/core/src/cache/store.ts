import { ageMs, freshForMs, isFresh, isWithinStale, staleForMs } from "./ttl.ts";
import type { CacheEntry } from "./entry.ts";
import type { LruStore, Place } from "./lru-store.ts";
import type { ExpiryTimer, SampledClock } from "../time/clock.ts";

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
    const place = this.#store.find(key);
    return place && this.freshIn(place, minSequence);
  }

  /** Where a document is stored, fresh or not. Does not count as use. */
  find(key: string): Place | undefined {
    return this.#store.find(key);
  }

  /** As `fresh`, for a document that was found before. */
  freshIn(place: Place, minSequence: number): CacheEntry | undefined {
    const { entry } = place;
    if (entry === undefined || entry.seq <= minSequence) return undefined;
    this.#store.use(place);
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

  get size(): { readonly entries: number; readonly bytes: number; readonly evicted?: number } {
    const { bytes, count: entries, evicted } = this.#store;
    return { entries, bytes, ...(evicted > 0 && { evicted }) };
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
