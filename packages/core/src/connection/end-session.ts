import { type Clock, type SampledClock, Timers } from "../time/clock.ts";
import { withDeadline } from "../async/deadline.ts";
import type { Disconnected } from "../types.ts";
import { type ContextEnv, contextEnv } from "./config.ts";
import type { Leases } from "./leases.ts";
import type { LiveSession } from "./session.ts";

/** What became of the credentials at the vault. */
export type SessionEnd = Pick<Disconnected, "remote" | "expiresAt">;

/** How long ending a session may take, in ms; then it is given up. Leases go first. */
const END_MS = 2000;
const LEASES_MS = 1000;
/** How long a replaced session may finish its calls, in ms. */
const DRAIN_MS = 2000;

/** Ends a detached session: its leases, the credentials it obtained, its client. Never rejects. */
export async function endSession(
  live: LiveSession,
  config: ContextEnv & { readonly clock: Clock; readonly leases: Leases; readonly dead: boolean },
): Promise<SessionEnd> {
  const { clock, leases } = config;
  const revoke = live.keepsLeases || config.dead ? undefined : live.session.revoke?.bind(live.session);
  const expiresAt = live.expiresAt === undefined ? {} : { expiresAt: live.expiresAt };
  let result: SessionEnd = { remote: "nothing-to-revoke", ...(revoke && { remote: "not-revoked", ...expiresAt }) };
  const until = clock.monotonicMs() + END_MS;
  // Revoked or closed credentials cannot end a lease; and a cancelled read may still bring one.
  if (live.session.release !== undefined && !live.keepsLeases) {
    const endLeases = async (): Promise<void> => {
      await live.drain(clock, LEASES_MS);
      await leases.settled();
    };
    await withDeadline(endLeases, { clock, ms: LEASES_MS }).catch(() => undefined);
  }
  live.end();
  const inTime = (call: (signal: AbortSignal, deadline: number) => Promise<void>): Promise<void> =>
    withDeadline(call, { clock, ms: until - clock.monotonicMs() });
  try {
    await inTime(async (signal, deadline) => revoke?.({ signal, deadline, ...contextEnv(config) }));
    if (revoke !== undefined) result = { remote: "revoked" };
  } catch {
    // `result` already says: not revoked, and when it expires.
  }
  // Also after a revocation that does not end: nothing else will close it.
  await inTime(() => live.close()).catch(() => undefined);
  return result;
}

/** The most important of several results: a credential that may still work, for the longest time. */
export function worstEnd(ends: readonly SessionEnd[]): SessionEnd {
  const left = ends.filter(({ remote }) => remote === "not-revoked");
  if (left.length === 0) {
    return ends.find(({ remote }) => remote === "revoked") ?? { remote: "nothing-to-revoke" };
  }
  const until = Math.max(...left.map(({ expiresAt = Infinity }) => expiresAt));
  return { remote: "not-revoked", ...(Number.isFinite(until) && { expiresAt: until }) };
}

/**
 * Sessions that newer ones have replaced. Each is revoked, if it obtained its credentials, and closed: after its calls
 * have ended, and if leases depend on its credentials, after those have been ended too.
 */
export class ReplacedSessions {
  readonly #clock: Clock;
  readonly #now: SampledClock;
  readonly #contextEnv: ContextEnv;
  readonly #leases: Leases;
  /** Those that wait for their leases to end. */
  readonly #leased = new Set<LiveSession>();
  readonly #pending = new Map<LiveSession, Promise<void>>();
  readonly #timers: Timers<LiveSession>;
  /** When the last of the credentials that could not be revoked expires, in ms since the epoch. */
  #leftUntil = 0;
  #revoked = false;

  constructor(parts: ContextEnv & { readonly clock: Clock; readonly now: SampledClock; readonly leases: Leases }) {
    this.#clock = parts.clock;
    this.#now = parts.now;
    this.#contextEnv = contextEnv(parts);
    this.#leases = parts.leases;
    this.#timers = new Timers(parts.clock);
    parts.leases.onLeaseEnded(() => this.#endUnleased());
  }

  /** Takes over a session that reads no longer use. */
  add(live: LiveSession): void {
    const pending = this.#retire(live).finally(() => this.#pending.delete(live));
    this.#pending.set(live, pending);
  }

  /** Leases and credentials of all of them outlive the sessions. */
  keepLeases(): void {
    for (const live of [...this.#leased, ...this.#pending.keys()]) live.keepLeases();
  }

  /** Ends all of them, and says what became of their credentials. Never rejects. */
  async end(): Promise<SessionEnd> {
    const ended = this.#endAll();
    // They may still be finishing their calls: what is not known in time is not reported as revoked.
    const until = [...this.#pending.keys()].map(({ expiresAt = Infinity }) => expiresAt);
    const slow: SessionEnd = { remote: "not-revoked", expiresAt: Math.max(...until) };
    return withDeadline(() => ended, { clock: this.#clock, ms: END_MS }).catch(() => worstEnd([slow]));
  }

  async #endAll(): Promise<SessionEnd> {
    for (const live of this.#leased) this.#endLeased(live);
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
    // Revoking credentials ends the leases that depend on them, and a program may be using those.
    if (live.session.revoke === undefined || live.keepsLeases || !this.#leases.dependOn(live)) return this.#end(live);
    this.#leased.add(live);
    this.#now.sample();
    const { expiresAt } = live;
    if (expiresAt !== undefined) this.#timers.set(live, expiresAt - this.#now.epochMs, () => this.#endLeased(live));
  }

  #endUnleased(): void {
    for (const live of this.#leased) if (!this.#leases.dependOn(live)) this.#endLeased(live);
  }

  #endLeased(live: LiveSession): void {
    if (!this.#leased.delete(live)) return;
    const pending = this.#end(live).finally(() => this.#pending.delete(live));
    this.#pending.set(live, pending);
  }

  async #end(live: LiveSession): Promise<void> {
    this.#now.sample();
    const dead = live.isDead(this.#now);
    const parts = { clock: this.#clock, ...this.#contextEnv, leases: this.#leases, dead };
    const { expiresAt = Infinity, remote } = await endSession(live, parts);
    if (remote === "not-revoked") this.#leftUntil = Math.max(this.#leftUntil, expiresAt);
    if (remote === "revoked") this.#revoked = true;
  }
}
