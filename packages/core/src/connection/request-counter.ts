import type { SampledClock } from "../time/sampled-clock.ts";
import type { Session } from "../contract/provider.ts";
import type { RequestCounts } from "../vault-status.ts";

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

/**
 * The requests of one connection, by the minute in which they were noticed: what a vault's quotas of the hour and the day
 * count. Holds a day of minutes at most, and no session. The minute under way and the one that is leaving count in full,
 * so that it never says less than there were.
 */
export class RequestCounter {
  readonly #now: SampledClock;
  readonly #minutes = new Map<number, number>();
  #total: number | undefined;

  constructor(now: SampledClock) {
    this.#now = now;
  }

  /** Follows a session that counts its requests. Call what is returned whenever it may have sent some, and at its end. */
  follow(session: Session): () => void {
    let noted = 0;
    return () => {
      const sent = sentBy(session);
      if (sent === undefined) return;
      this.add(sent - noted);
      noted = Math.max(noted, sent);
    };
  }

  /** Notes requests that were sent just now. */
  add(requests: number): void {
    // The number is a provider's: what is none must not spoil the sum.
    const sent = Number.isFinite(requests) ? Math.max(0, requests) : 0;
    this.#total = (this.#total ?? 0) + sent;
    if (sent === 0) return;
    const minute = this.#minute();
    this.#minutes.set(minute, (this.#minutes.get(minute) ?? 0) + sent);
    for (const old of this.#minutes.keys()) if (old < minute - DAY_MINUTES) this.#minutes.delete(old);
  }

  /** What was counted so far; `undefined` where nobody counts. */
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

  /** Whole minutes by the clock that never goes back and counts time asleep. */
  #minute(): number {
    this.#now.sample();
    return Math.floor(this.#now.uptimeMs / MINUTE_MS);
  }
}

/** A count is worth no failure: a provider's that throws counts nothing. */
function sentBy(session: Session): number | undefined {
  try {
    return session.requests?.();
  } catch {
    return undefined;
  }
}
