import type { CacheEntry } from "../cache/entry.ts";
import type { TtlStore } from "../cache/store.ts";
import type { RefreshAheadSetting } from "../settings.ts";
import type { Clock } from "../time/clock.ts";
import type { ConnectionHandle } from "./connection-handle.ts";

/** By how much of it the time before the expiry is shortened at most, so that many programs do not ask at once. */
const JITTER = 0.1;
/** A value is refreshed in the second half of its life at the earliest, whatever is set. */
const LONGEST_SHARE = 0.5;
/** A refresh that failed, or changed nothing, is not repeated sooner, in ms. */
const PAUSE_MS = 30_000;

interface Refresh {
  /** How long before its expiry, in ms. */
  readonly aheadMs: number;
  /** By `monotonicMs`; `Infinity` while it is refreshed. */
  notBefore: number;
}

/**
 * Reads a document again shortly before it expires, if somebody uses it then: the use itself is served from the cache. Opens
 * no connection, leaves the last slot to whoever waits, and reads each document once at a time. A failure shows in the
 * diagnostics only; a refusal drops the value, as it does after any read.
 */
export class RefreshAhead {
  readonly #setting: RefreshAheadSetting;
  readonly #store: TtlStore;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #refreshes = new WeakMap<CacheEntry, Refresh>();

  constructor(
    setting: RefreshAheadSetting,
    parts: { readonly store: TtlStore; readonly clock: Clock; readonly random: () => number },
  ) {
    this.#setting = setting;
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#random = parts.random;
  }

  /** A stored document is served: `read` is called if it is to be refreshed now. The clock has just been sampled. */
  served(entry: CacheEntry, handle: ConnectionHandle, read: () => Promise<unknown>): void {
    const leftMs = this.#store.freshForMs(entry);
    let refresh = this.#refreshes.get(entry);
    if (refresh === undefined) this.#refreshes.set(entry, (refresh = this.#plan(entry, leftMs)));
    const { available, size } = handle.callContext.slots;
    if (leftMs > refresh.aheadMs || this.#clock.monotonicMs() < refresh.notBefore) return;
    if (available <= Math.min(1, size - 1)) return;
    void this.#perform(refresh, handle, read);
  }

  #plan(entry: CacheEntry, leftMs: number): Refresh {
    const lifeMs = this.#store.age(entry) + leftMs;
    const wantedMs = "share" in this.#setting ? this.#setting.share * lifeMs : this.#setting.ms;
    return {
      aheadMs: Math.min(wantedMs, lifeMs * LONGEST_SHARE) * (1 - JITTER * this.#random()),
      notBefore: -Infinity,
    };
  }

  async #perform(refresh: Refresh, handle: ConnectionHandle, read: () => Promise<unknown>): Promise<void> {
    refresh.notBefore = Infinity;
    const release = handle.acquire();
    try {
      await read();
    } catch {
      // The value that there is serves until it expires.
    } finally {
      release();
      refresh.notBefore = this.#clock.monotonicMs() + PAUSE_MS;
    }
  }
}
