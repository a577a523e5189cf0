import type { Clock, Instant } from "../time/clock.ts";
import type { Renewal, Session } from "../contract/provider.ts";
import { RunningCalls } from "../async/semaphore.ts";
import { outlives } from "./outlives.ts";
import type { RequestCounter } from "./request-counter.ts";

/** The share of their lifetime after which credentials are renewed, unless the vault says when. */
const RENEW_AT = 0.8;
/** Credentials are not renewed sooner than this after the last time, whatever the vault asks for, in ms. */
const MIN_RENEW_MS = 10_000;

/** What a session starts with: what a provider opened, or what goes on under another identity after a renewal. */
interface SessionStart {
  readonly serial: number;
  readonly session: Session;
  readonly person: boolean;
  readonly since: Instant;
  readonly endsAt: number;
  readonly credentials: Renewal;
  readonly countRequests: () => void;
  readonly calls: RunningCalls;
}

/** An open session, and what core knows about it. */
export class LiveSession {
  readonly serial: number;
  readonly session: Session;
  /** Who the vault says we are, for people to read; absent means unknown. */
  readonly vaultIdentity: string | undefined;
  /** Who the vault says we are, for cache keys: `identityOf`. */
  readonly identity: string;
  /** A person was asked for the credentials. */
  readonly person: boolean;
  /** Counts the requests it has sent since the last call. */
  readonly countRequests: () => void;
  #batchDenied = false;
  #unresponsiveCalls = 0;
  #refused = false;
  #keepsLeases = false;
  #ended = false;
  readonly #calls: RunningCalls;
  readonly #endsAt: number;
  /** When the credentials were requested, or last extended. */
  #since!: Instant;
  #expiresAt: number | undefined;
  #renewAt: number | undefined;
  /** When it ends, by `epochMs` and by `uptimeMs`, in ms; `Infinity` if that is not known. */
  #endEpochMs = Infinity;
  #endUptimeMs = Infinity;
  #final = false;
  #used = false;
  #overdue: (() => void) | undefined;

  constructor(start: SessionStart) {
    const { credentials, serial } = start;
    this.serial = serial;
    this.session = start.session;
    this.vaultIdentity = credentials.identity;
    this.identity = identityOf(credentials.identity, serial);
    this.person = start.person;
    this.#endsAt = start.endsAt;
    this.#accept(start.since, credentials);
    this.countRequests = start.countRequests;
    this.#calls = start.calls;
    this.countRequests();
  }

  /** A session that a provider has just opened. */
  static opened(opening: {
    serial: number;
    session: Session;
    person: boolean;
    openedAt: Instant;
    maxSessionMs: number;
    requestCounter: RequestCounter;
  }): LiveSession {
    const { openedAt, person, serial, session } = opening;
    return new LiveSession({
      ...{ serial, session, person, since: openedAt, credentials: session },
      endsAt: person ? openedAt.epochMs + opening.maxSessionMs : Infinity,
      countRequests: opening.requestCounter.follow(session),
      calls: new RunningCalls(),
    });
  }

  /** The same client after a renewal as another identity: a session of its own to everything else in core. */
  renewedAs(serial: number, since: Instant, credentials: Renewal): LiveSession {
    const { countRequests, person, session } = this;
    return new LiveSession({
      ...{ serial, session, person, since, credentials, countRequests },
      endsAt: this.#endsAt,
      calls: this.#calls,
    });
  }

  /** When the credentials expire, in ms since the epoch, if known. */
  get expiresAt(): number | undefined {
    const end = Math.min(this.#expiresAt ?? Infinity, this.#endsAt);
    return Number.isFinite(end) ? end : undefined;
  }

  /** How long the credentials are valid from when they were requested or extended, in ms, if known. */
  get lifeMs(): number | undefined {
    const { expiresAt } = this;
    return expiresAt === undefined ? undefined : Math.max(0, expiresAt - this.#since.epochMs);
  }

  /** Ms from when the credentials were requested or extended until they are to be renewed, if ever. */
  get renewInMs(): number | undefined {
    const { lifeMs } = this;
    const usual = lifeMs === undefined ? undefined : lifeMs * RENEW_AT;
    if (this.#renewAt === undefined) return usual;
    const wanted = Math.max(this.#renewAt - this.#since.epochMs, Math.min(usual ?? Infinity, MIN_RENEW_MS));
    return lifeMs !== undefined && wanted >= lifeMs ? usual : wanted;
  }

  /** Whether a renewal may still extend them: most vaults extend credentials only up to a limit. */
  get renewable(): boolean {
    return this.session.renew !== undefined && !this.#final;
  }

  /** The credentials were renewed at `since`, for the same identity. */
  extend(since: Instant, credentials: Renewal): void {
    const before = this.expiresAt;
    this.#accept(since, credentials);
    this.#final = !outlives(this.expiresAt, before);
    this.#used = false;
    this.#overdue = undefined;
  }

  /** A read uses it. */
  touch(): void {
    this.#used = true;
    const renew = this.#overdue;
    this.#overdue = undefined;
    renew?.();
  }

  /** Whether no read has used it since it was opened or renewed; then `renew` is called at the next read. */
  isIdle(renew: () => void): boolean {
    // A session that needed a person cannot be reopened without one, so it is kept alive.
    if (this.#used || this.person) return false;
    this.#overdue = renew;
    return true;
  }

  /** Whether the credentials have expired: by the wall clock, or by the time that has really passed. */
  isExpired(now: Instant): boolean {
    return now.epochMs >= this.#endEpochMs || now.uptimeMs >= this.#endUptimeMs;
  }

  /** Whether the vault no longer accepts the credentials, whatever core's own limit for them. */
  isDead(now: Instant): boolean {
    return this.#refused || this.#isPast(this.#expiresAt, now);
  }

  /** A call starts. Returns a function to call when it ends. */
  enter(): () => void {
    const leave = this.#calls.enter();
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.countRequests();
      leave();
    };
  }

  /** Waits until its calls have ended, for `ms` at most. */
  drain(clock: Clock, ms: number): Promise<void> {
    return this.#calls.drain(clock, ms);
  }

  /** The batch call is denied to this identity; single reads may be allowed. */
  get batchDenied(): boolean {
    return this.#batchDenied;
  }

  denyBatch(): void {
    this.#batchDenied = true;
  }

  /** How many calls are still running although their signals aborted. */
  get unresponsiveCalls(): number {
    return this.#unresponsiveCalls;
  }

  /** A call does not stop. Returns a function to call once, when it ends after all. */
  callUnresponsive(): () => void {
    this.#unresponsiveCalls++;
    return () => void this.#unresponsiveCalls--;
  }

  /** The vault no longer accepts the credentials: there is nothing left to revoke. */
  markRefused(): void {
    this.#refused = true;
  }

  /** Whether leases and credentials at the vault outlive the session. */
  get keepsLeases(): boolean {
    return this.#keepsLeases;
  }

  keepLeases(): void {
    this.#keepsLeases = true;
  }

  /** Whether no further call may be made. */
  get ended(): boolean {
    return this.#ended;
  }

  end(): void {
    this.#ended = true;
  }

  /** Closes the client. Never rejects: there is nothing a caller could do. */
  async close(): Promise<void> {
    this.end();
    try {
      await this.session.close?.();
    } catch {
      // The session is gone either way.
    }
    this.countRequests();
  }

  #accept(since: Instant, credentials: Renewal): void {
    this.#since = since;
    this.#expiresAt = finiteTime(credentials.expiresAt);
    this.#renewAt = finiteTime(credentials.renewAt);
    this.#endEpochMs = this.expiresAt ?? Infinity;
    this.#endUptimeMs = since.uptimeMs + this.#endEpochMs - since.epochMs;
  }

  #isPast(end: number | undefined, now: Instant): boolean {
    if (end === undefined) return false;
    return now.epochMs >= end || now.uptimeMs - this.#since.uptimeMs >= end - this.#since.epochMs;
  }
}

/** `=` and who the vault says we are, or `#` and the session's serial: an unknown identity equals no other. */
export function identityOf(vaultIdentity: string | undefined, serial: number): string {
  return vaultIdentity === undefined ? `#${serial}` : `=${vaultIdentity}`;
}

/** A time from a provider; an invalid one counts as unknown. */
function finiteTime(given: number | undefined): number | undefined {
  return typeof given === "number" && Number.isFinite(given) ? given : undefined;
}
