import { ageMs, freshForMs, isFresh, isWithinStale } from "./ttl.ts";
import type { CacheEntry } from "./entry.ts";
import type { ExpiryTimer } from "./expiry-timer.ts";
import type { LruStore } from "./lru-store.ts";
import type { SampledClock } from "../time/sampled-clock.ts";

/** What documents are kept with. Times in ms. */
export interface TtlStoreParts {
  readonly now: SampledClock;
  readonly store: LruStore;
  readonly expiryTimer: ExpiryTimer;
  readonly ttlMs: number;
  readonly staleMs: number;
}

/** Documents that are kept, and how long each may answer. Knows nothing of reads under way. */
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
   * Lowering drops for good what may not be fresh any more, whatever may be stale; 0 drops everything. Raising acts only on
   * what is fetched afterwards: what had expired stays so.
   */
  setTtl(ttlMs: number): void {
    this.#sweep();
    for (const entry of this.#store.entries()) if (!this.#isFresh(entry)) entry.expire(this.#ttlMs);
    const lowered = ttlMs < this.#ttlMs;
    this.#ttlMs = ttlMs;
    if (lowered) this.#store.dropWhere((entry) => !this.#isFresh(entry));
    this.#sweep();
  }

  /** The document, if it is fresh and was sent after `minSequence`. The caller has just looked at the clock. */
  fresh(key: string, minSequence: number): CacheEntry | undefined {
    const entry = this.#store.get(key);
    if (entry === undefined || entry.seq <= minSequence) return undefined;
    return isFresh(entry, this.#ttlMs, this.#now) ? entry : undefined;
  }

  /** The expired document, if it may answer because the vault could not be asked. */
  stale(key: string, minSequence: number): CacheEntry | undefined {
    const entry = this.#store.peek(key);
    if (entry === undefined || entry.seq <= minSequence) return undefined;
    this.#now.sample();
    return isWithinStale(entry, this.#ttlMs, this.#staleMs, this.#now) ? entry : undefined;
  }

  /** The number of the attempt that brought what is kept; 0 for nothing. */
  sentSeqOf(key: string): number {
    return this.#store.peek(key)?.sentSeq ?? 0;
  }

  /** Keeps a document, unless it has expired on its way here; then its predecessor goes too. Returns whether it did. */
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

  dropWhere(goes: (entry: CacheEntry) => boolean): number {
    return this.#store.dropWhere(goes);
  }

  /** As of the last look at the clock, in ms. */
  age(entry: CacheEntry): number {
    return ageMs(entry.sent, this.#now);
  }

  /** What is kept, its age and its remaining freshness, in ms, without counting as use. */
  inspect(
    key: string,
  ): { readonly entry: CacheEntry; readonly ageMs: number; readonly expiresInMs: number } | undefined {
    const entry = this.#store.peek(key);
    if (entry === undefined) return undefined;
    this.#now.sample();
    const expiresInMs = freshForMs(entry, this.#ttlMs, this.#now);
    return expiresInMs > 0 ? { entry, ageMs: this.age(entry), expiresInMs } : undefined;
  }

  /** How many documents of a connection are kept. */
  count(fingerprint: string): number {
    let count = 0;
    for (const entry of this.#store.entries()) if (entry.fingerprint === fingerprint) count++;
    return count;
  }

  get size(): { readonly entries: number; readonly bytes: number } {
    return { entries: this.#store.count, bytes: this.#store.bytes };
  }

  /** Stops looking for what expires. */
  stop(): void {
    this.#expiryTimer.stop();
  }

  #isFresh(entry: CacheEntry): boolean {
    return isFresh(entry, this.#ttlMs, this.#now);
  }

  /** Drops what may never answer again, and sees to it that the rest is looked at in time. */
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
