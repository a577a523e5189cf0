import type { Instant } from "../time/sampled-clock.ts";
import type { Renewal, Session } from "../contract/provider.ts";
import { CallsUnderWay } from "./calls-under-way.ts";
import type { RequestCounter } from "./request-counter.ts";

/** A renewal that moves the end by less than this, in ms, has met its limit. */
const GAIN_MS = 1000;
/** The share of their life after which credentials are renewed, unless the vault says when. */
const RENEW_AT = 0.8;
/** A vault's word on when to renew does not make core renew sooner than this after the last time, in ms. */
const RENEW_SOONEST_MS = 10_000;

/** Whether credentials that end at `after` outlive those that ended at `before`, in ms since the epoch. */
export function outlives(after: number | undefined, before: number | undefined): boolean {
  return after === undefined || before === undefined || after >= before + GAIN_MS;
}

/** What is known of a session as it begins. Of one whose credentials became another's, the parts it goes on with. */
interface Beginning {
  readonly serial: number;
  readonly session: Session;
  readonly person: boolean;
  readonly since: Instant;
  readonly endsAt: number;
  readonly brought: Renewal;
  readonly account: () => void;
  readonly calls: CallsUnderWay;
}

/** An open session, and what core keeps about it. */
export class LiveSession {
  readonly serial: number;
  readonly session: Session;
  /** What the vault calls us; absent means unknown. */
  readonly said: string | undefined;
  /** `=` and what the vault calls us, or `#` and the serial: an unknown identity is like no other, whatever its name. */
  readonly identity: string;
  /** Somebody was asked for the credentials. */
  readonly person: boolean;
  /** Notes what requests it has sent since the last time. */
  readonly account: () => void;
  /** The batch call is refused to this identity; single reads may not be. */
  batchDenied = false;
  /** Calls that go on although they were told to stop. */
  unresponsive = 0;
  /** The vault said that the credentials are dead: nothing of them is left to end. */
  refused = false;
  /** Nothing that it obtained at the vault is ended with it. */
  keepsLeases = false;
  /** No call may be made any more. */
  ended = false;
  readonly #calls: CallsUnderWay;
  readonly #endsAt: number;
  /** When the credentials were asked for, or last extended. */
  #since: Instant;
  #expiresAt: number | undefined;
  #renewAt: number | undefined;
  #final = false;
  #used = false;
  #overdue: (() => void) | undefined;

  constructor(about: Beginning) {
    const { brought, serial } = about;
    this.serial = serial;
    this.session = about.session;
    this.said = brought.identity;
    this.identity = identityOf(brought.identity, serial);
    this.person = about.person;
    this.#endsAt = about.endsAt;
    this.#since = about.since;
    this.#expiresAt = timeOf(brought.expiresAt);
    this.#renewAt = timeOf(brought.renewAt);
    this.account = about.account;
    this.#calls = about.calls;
    this.account();
  }

  /** A session that a provider opened just now. */
  static opened(about: {
    serial: number;
    session: Session;
    person: boolean;
    openedAt: Instant;
    maxSessionMs: number;
    requestCounter: RequestCounter;
  }): LiveSession {
    const { openedAt, person, session } = about;
    return new LiveSession({
      ...{ serial: about.serial, session, person, since: openedAt, brought: session },
      endsAt: person ? openedAt.epochMs + about.maxSessionMs : Infinity,
      account: about.requestCounter.follow(session),
      calls: new CallsUnderWay(),
    });
  }

  /** The same client under what a renewal brought: another identity, so another session to everybody else. */
  renewedAs(serial: number, since: Instant, brought: Renewal): LiveSession {
    const { account, person, session } = this;
    return new LiveSession({
      ...{ serial, session, person, since, brought, account },
      endsAt: this.#endsAt,
      calls: this.#calls,
    });
  }

  /** When the credentials lapse, in ms since the epoch, if known. */
  get expiresAt(): number | undefined {
    const lapses = Math.min(this.#expiresAt ?? Infinity, this.#endsAt);
    return Number.isFinite(lapses) ? lapses : undefined;
  }

  /** How long the credentials live from when they were asked for or extended, in ms, if known. */
  get lifeMs(): number | undefined {
    const { expiresAt } = this;
    return expiresAt === undefined ? undefined : Math.max(0, expiresAt - this.#since.epochMs);
  }

  /** Ms from when the credentials were asked for or extended until they are to be renewed, if ever. */
  get renewInMs(): number | undefined {
    const { lifeMs } = this;
    const usual = lifeMs === undefined ? undefined : lifeMs * RENEW_AT;
    if (this.#renewAt === undefined) return usual;
    const wanted = Math.max(this.#renewAt - this.#since.epochMs, Math.min(usual ?? Infinity, RENEW_SOONEST_MS));
    return lifeMs !== undefined && wanted >= lifeMs ? usual : wanted;
  }

  /** Whether renewing may still move the end: most vaults extend credentials only up to a limit. */
  get renewable(): boolean {
    return this.session.renew !== undefined && !this.#final;
  }

  /** The credentials were renewed at `since`, and are the same identity's. */
  extend(since: Instant, brought: Renewal): void {
    const before = this.expiresAt;
    this.#since = since;
    this.#expiresAt = timeOf(brought.expiresAt);
    this.#renewAt = timeOf(brought.renewAt);
    this.#final = !outlives(this.expiresAt, before);
    this.#used = false;
    this.#overdue = undefined;
  }

  /** Somebody wants a value of it. */
  touch(): void {
    this.#used = true;
    if (this.#overdue === undefined) return;
    const renew = this.#overdue;
    this.#overdue = undefined;
    renew();
  }

  /** Whether nobody has wanted a value since it was opened or renewed; then `renew` is called when somebody does. */
  isIdle(renew: () => void): boolean {
    // What a person signed in to can't be opened again behind that person's back, so it is kept.
    if (this.#used || this.person) return false;
    this.#overdue = renew;
    return true;
  }

  /** Whether the credentials have lapsed: by the wall clock, or by the time that really passed. */
  isExpired(now: Instant): boolean {
    return this.#isPast(this.expiresAt, now);
  }

  /** Whether the vault takes the credentials no more, whatever core's own limit for them. */
  isDead(now: Instant): boolean {
    return this.refused || this.#isPast(this.#expiresAt, now);
  }

  /** A call begins; call what is returned when it ends. */
  enter(): () => void {
    const leave = this.#calls.enter();
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.account();
      leave();
    };
  }

  /** Waits until its calls have ended, for `ms` at most. */
  readonly drain: CallsUnderWay["drain"] = (clock, ms) => this.#calls.drain(clock, ms);

  /** Closes the client. Never rejects: nobody can mend it. */
  async close(): Promise<void> {
    this.ended = true;
    try {
      await this.session.close?.();
    } catch {
      // The session is gone either way.
    }
    this.account();
  }

  #isPast(end: number | undefined, now: Instant): boolean {
    if (end === undefined) return false;
    return now.epochMs >= end || now.uptimeMs - this.#since.uptimeMs >= end - this.#since.epochMs;
  }
}

/** How an identity is told from others: what the vault calls us, or, where it does not say, a serial number. */
export function identityOf(said: string | undefined, serial: number): string {
  return said === undefined ? `#${serial}` : `=${said}`;
}

/** A time that a provider gave; what is none counts as unknown. */
function timeOf(given: number | undefined): number | undefined {
  return typeof given === "number" && Number.isFinite(given) ? given : undefined;
}
