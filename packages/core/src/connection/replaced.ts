import type { SampledClock } from "../time/sampled-clock.ts";
import type { Clock } from "../time/clock.ts";
import { withDeadline } from "../async/deadline.ts";
import { END_MS, endSession, type SessionEnd, worstOf } from "./end-session.ts";
import type { Leases } from "./leases.ts";
import { type Lent, lentBy } from "./lent.ts";
import type { LiveSession } from "./session.ts";
import { Timers } from "./timers.ts";

/** How long a replaced session may finish its calls, in ms. */
const DRAIN_MS = 2000;

/**
 * Sessions that others have replaced. Each is revoked, as far as it obtained its credentials, and closed: when its calls
 * have ended, and where leases hang on its credentials, when those have been ended too.
 */
export class Replaced {
  readonly #clock: Clock;
  readonly #now: SampledClock;
  readonly #lent: Lent;
  readonly #leases: Leases;
  readonly #leased = new Set<LiveSession>();
  readonly #pending = new Map<LiveSession, Promise<void>>();
  readonly #timers: Timers<LiveSession>;
  /** When the last of the credentials that could not be revoked lapses, in ms since the epoch. */
  #leftUntil = 0;
  #revoked = false;

  constructor(about: Lent & { clock: Clock; now: SampledClock; leases: Leases }) {
    this.#clock = about.clock;
    this.#now = about.now;
    this.#lent = lentBy(about);
    this.#leases = about.leases;
    this.#timers = new Timers(about.clock);
    about.leases.onEnded = () => this.#unleased();
  }

  /** Takes a session that reads use no more. */
  add(live: LiveSession): void {
    const pending = this.#retire(live).finally(() => this.#pending.delete(live));
    this.#pending.set(live, pending);
  }

  /** Nothing that they obtained is ended with them. */
  keepLeases(): void {
    for (const live of [...this.#leased, ...this.#pending.keys()]) live.keepsLeases = true;
  }

  /** Ends what is left of them, and says what became of the credentials of all. Never rejects. */
  async end(): Promise<SessionEnd> {
    const said = this.#end();
    // They may still be finishing their calls: what is not known by then is not said to be revoked.
    const until = [...this.#pending.keys()].map(({ expiresAt = Infinity }) => expiresAt);
    const slow: SessionEnd = { remote: "not-revoked", expiresAt: Math.max(...until) };
    return withDeadline(() => said, { clock: this.#clock, ms: END_MS }).catch(() => worstOf([slow]));
  }

  async #end(): Promise<SessionEnd> {
    for (const live of this.#leased) this.#finish(live);
    await Promise.all(this.#pending.values());
    this.#timers.clear();
    this.#now.sample();
    if (this.#leftUntil > this.#now.epochMs) return { remote: "not-revoked", expiresAt: this.#leftUntil };
    const revoked = this.#revoked;
    this.#revoked = false;
    return { remote: revoked ? "revoked" : "nothing-to-revoke" };
  }

  async #retire(live: LiveSession): Promise<void> {
    await live.drain(this.#clock, DRAIN_MS);
    // Revoking credentials ends what hangs on them, and somebody may be using that.
    if (live.session.revoke === undefined || live.keepsLeases || !this.#leases.hangOn(live)) return this.#bye(live);
    this.#leased.add(live);
    this.#now.sample();
    const { expiresAt } = live;
    if (expiresAt !== undefined) this.#timers.set(live, expiresAt - this.#now.epochMs, () => this.#finish(live));
  }

  #unleased(): void {
    for (const live of this.#leased) if (!this.#leases.hangOn(live)) this.#finish(live);
  }

  #finish(live: LiveSession): void {
    if (!this.#leased.delete(live)) return;
    const pending = this.#bye(live).finally(() => this.#pending.delete(live));
    this.#pending.set(live, pending);
  }

  async #bye(live: LiveSession): Promise<void> {
    this.#now.sample();
    const dead = live.isDead(this.#now);
    const { expiresAt = Infinity, remote } = await endSession(live, {
      ...{ clock: this.#clock, ...this.#lent, leases: this.#leases, dead },
    });
    if (remote === "not-revoked") this.#leftUntil = Math.max(this.#leftUntil, expiresAt);
    if (remote === "revoked") this.#revoked = true;
  }
}
