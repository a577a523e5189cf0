import type { SampledClock } from "../time/clock.ts";
import type { Session } from "../contract/provider.ts";
import type { RequestCounts } from "../vault-status.ts";

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

/**
 * The requests of one connection, by the minute in which they were counted, to compare with a vault's hourly and daily
 * quotas. Keeps a day of minutes at most, and no session. The current minute and the oldest one count in full, so that
 * the result is never too low.
 */
export class RequestCounter {
  readonly #now: SampledClock;
  readonly #minutes = new Map<number, number>();
  #total: number | undefined;

  constructor(now: SampledClock) {
    this.#now = now;
  }

  /** Follows a session that counts its requests. Returns a function to call whenever it may have sent some. */
  follow(session: Session): () => void {
    let noted = 0;
    return () => {
      const sent = sentBy(session);
      if (sent === undefined) return;
      this.add(sent - noted);
      noted = Math.max(noted, sent);
    };
  }

  /** Counts requests that have just been sent. */
  add(requests: number): void {
    // A provider's invalid number must not spoil the sum.
    const sent = Number.isFinite(requests) ? Math.max(0, requests) : 0;
    this.#total = (this.#total ?? 0) + sent;
    if (sent === 0) return;
    const minute = this.#minute();
    this.#minutes.set(minute, (this.#minutes.get(minute) ?? 0) + sent);
    for (const old of this.#minutes.keys()) if (old < minute - DAY_MINUTES) this.#minutes.delete(old);
  }

  /** The counts so far; `undefined` if the provider does not count. */
  counts(): RequestCounts | undefined {
    if (this.#total === undefined) return undefined;
    const minute = this.#minute();
    let [lastHour, lastDay] = [0, 0];
    for (const [at, sent] of this.#minutes) {
      if (at >= minute - DAY_MINUTES) lastDay += sent;
      if (at >= minute - HOUR_MINUTES) lastHour += sent;
    }
    return { total: this.#total, lastHour, lastDay };
  }

  /** Whole minutes of `uptimeMs`: it never goes back, and includes suspended time. */
  #minute(): number {
    this.#now.sample();
    return Math.floor(this.#now.uptimeMs / MINUTE_MS);
  }
}

/** A provider that throws while counting counts nothing: it must not fail a read. */
function sentBy(session: Session): number | undefined {
  try {
    return session.requests?.();
  } catch {
    return undefined;
  }
}
