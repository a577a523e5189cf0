import type { Present } from "../cache/time.ts";
import type { Clock } from "../clock.ts";
import { race } from "../race.ts";
import { FAREWELL_MS, farewell, type Farewell, worstOf } from "./farewell.ts";
import type { Leases } from "./leases.ts";
import { type Lent, lentBy } from "./lent.ts";
import type { LiveSession } from "./live-session.ts";
import { Timers } from "./timers.ts";

/** How long a replaced session may finish its calls, in ms. */
const DRAIN_MS = 2000;

/**
 * Sessions that others have replaced. Each is revoked, as far as it obtained its credentials, and closed: when its calls
 * have ended, and where leases hang on its credentials, when those have been ended too.
 */
export class Replaced {
  readonly #clock: Clock;
  readonly #now: Present;
  readonly #lent: Lent;
  readonly #leases: Leases;
  readonly #leased = new Set<LiveSession>();
  readonly #pending = new Map<LiveSession, Promise<void>>();
  readonly #timers: Timers<LiveSession>;
  /** When the last of the credentials that could not be revoked lapses, in ms since the epoch. */
  #leftUntil = 0;
  #revoked = false;

  constructor(about: Lent & { clock: Clock; now: Present; leases: Leases }) {
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
  spare(): void {
    for (const live of [...this.#leased, ...this.#pending.keys()]) live.spared = true;
  }

  /** Ends what is left of them, and says what became of the credentials of all. Never rejects. */
  async end(): Promise<Farewell> {
    const said = this.#end();
    // They may still be finishing their calls: what is not known by then is not said to be revoked.
    const until = [...this.#pending.keys()].map(({ expiresAt = Infinity }) => expiresAt);
    const slow: Farewell = { remote: "not-revoked", expiresAt: Math.max(...until) };
    return race(() => said, { clock: this.#clock, ms: FAREWELL_MS }).catch(() => worstOf([slow]));
  }

  async #end(): Promise<Farewell> {
    for (const live of this.#leased) this.#finish(live);
    await Promise.all(this.#pending.values());
    this.#timers.clear();
    this.#now.look();
    if (this.#leftUntil > this.#now.wall) return { remote: "not-revoked", expiresAt: this.#leftUntil };
    const revoked = this.#revoked;
    this.#revoked = false;
    return { remote: revoked ? "revoked" : "nothing-to-revoke" };
  }

  async #retire(live: LiveSession): Promise<void> {
    await live.drain(this.#clock, DRAIN_MS);
    // Revoking credentials ends what hangs on them, and somebody may be using that.
    if (live.session.revoke === undefined || live.spared || !this.#leases.hangOn(live)) return this.#bye(live);
    this.#leased.add(live);
    this.#now.look();
    const { expiresAt } = live;
    if (expiresAt !== undefined) this.#timers.set(live, expiresAt - this.#now.wall, () => this.#finish(live));
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
    this.#now.look();
    const dead = live.isDead(this.#now);
    const { expiresAt = Infinity, remote } = await farewell(live, {
      ...{ clock: this.#clock, ...this.#lent, leases: this.#leases, dead },
    });
    if (remote === "not-revoked") this.#leftUntil = Math.max(this.#leftUntil, expiresAt);
    if (remote === "revoked") this.#revoked = true;
  }
}
