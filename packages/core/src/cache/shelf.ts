import { ageMs, freshForMs, isFresh, isWithinStale } from "./age.ts";
import type { Entry } from "./entry.ts";
import type { Reaper } from "./reaper.ts";
import type { Store } from "./store.ts";
import type { Present } from "./time.ts";

/** What documents are kept with. Times in ms. */
export interface ShelfParts {
  readonly now: Present;
  readonly store: Store;
  readonly reaper: Reaper;
  readonly ttlMs: number;
  readonly staleMs: number;
}

/** Documents that are kept, and how long each may answer. Knows nothing of reads under way. */
export class Shelf {
  readonly #now: Present;
  readonly #store: Store;
  readonly #reaper: Reaper;
  readonly #staleMs: number;
  #ttlMs: number;

  constructor(parts: ShelfParts) {
    this.#now = parts.now;
    this.#store = parts.store;
    this.#reaper = parts.reaper;
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

  /** The document, if it is fresh and was sent after `notBefore`. The caller has just looked at the clock. */
  fresh(key: string, notBefore: number): Entry | undefined {
    const entry = this.#store.get(key);
    if (entry === undefined || entry.seq <= notBefore) return undefined;
    return isFresh(entry, this.#ttlMs, this.#now) ? entry : undefined;
  }

  /** The expired document, if it may answer because the vault could not be asked. */
  stale(key: string, notBefore: number): Entry | undefined {
    const entry = this.#store.peek(key);
    if (entry === undefined || entry.seq <= notBefore) return undefined;
    this.#now.look();
    return isWithinStale(entry, this.#ttlMs, this.#staleMs, this.#now) ? entry : undefined;
  }

  /** The number of the attempt that brought what is kept; 0 for nothing. */
  sentSeqOf(key: string): number {
    return this.#store.peek(key)?.sentSeq ?? 0;
  }

  /** Keeps a document, unless it has expired on its way here; then its predecessor goes too. Returns whether it did. */
  keep(key: string, entry: Entry): boolean {
    this.#now.look();
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

  dropWhere(goes: (entry: Entry) => boolean): number {
    return this.#store.dropWhere(goes);
  }

  /** As of the last look at the clock, in ms. */
  age(entry: Entry): number {
    return ageMs(entry.sent, this.#now);
  }

  /** What is kept, its age and its remaining freshness, in ms, without counting as use. */
  inspect(key: string): { readonly entry: Entry; readonly ageMs: number; readonly expiresInMs: number } | undefined {
    const entry = this.#store.peek(key);
    if (entry === undefined) return undefined;
    this.#now.look();
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
    this.#reaper.stop();
  }

  #isFresh(entry: Entry): boolean {
    return isFresh(entry, this.#ttlMs, this.#now);
  }

  /** Drops what may never answer again, and sees to it that the rest is looked at in time. */
  #sweep(): void {
    this.#now.look();
    this.#store.dropWhere(
      (entry) => !this.#isFresh(entry) && !isWithinStale(entry, this.#ttlMs, this.#staleMs, this.#now),
    );
    for (const entry of this.#store.entries()) this.#expect(entry);
  }

  #expect(entry: Entry): void {
    const inMs = freshForMs(entry, this.#ttlMs, this.#now) + this.#staleMs;
    this.#reaper.expect(inMs, () => this.#sweep());
  }
}
