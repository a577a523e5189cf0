import type { Moment } from "../cache/time.ts";
import type { Clock } from "../clock.ts";
import type { Session } from "../provider.ts";
import type { Usage } from "./usage.ts";

/** How long a replaced session may finish its calls, in ms. */
const DRAIN_MS = 2000;
/** A renewal that moves the end by less than this, in ms, has met its limit. */
const GAIN_MS = 1000;

/** Whether credentials that end at `after` outlive those that ended at `before`, in ms since the epoch. */
export function outlives(after: number | undefined, before: number | undefined): boolean {
  return after === undefined || before === undefined || after >= before + GAIN_MS;
}

/** An open session, and what core keeps about it. */
export class LiveSession {
  readonly serial: number;
  readonly session: Session;
  /** `=` and what the vault calls us, or `#` and the serial: an unknown identity is like no other, whatever its name. */
  readonly identity: string;
  /** Somebody was asked for the credentials. */
  readonly person: boolean;
  /** When the credentials were asked for, or last extended. */
  #since: Moment;
  readonly #endsAt: number;
  #expiresAt: number | undefined;
  #final = false;
  #spared = false;
  /** The batch call is refused to this identity; single reads may not be. */
  batchDenied = false;
  /** Calls that go on although they were told to stop. */
  deaf = 0;
  /** Settles when the leases that are being ended have been. */
  releasing: Promise<unknown> = Promise.resolve();
  #calls = 0;
  #drained: (() => void) | undefined;

  /** Notes what requests it has sent since the last time. */
  readonly account: () => void;

  constructor(about: {
    serial: number;
    session: Session;
    person: boolean;
    openedAt: Moment;
    maxSessionMs: number;
    usage: Usage;
  }) {
    this.serial = about.serial;
    this.session = about.session;
    const { identity } = about.session;
    this.identity = identity === undefined ? `#${about.serial}` : `=${identity}`;
    this.person = about.person;
    this.#endsAt = about.person ? about.openedAt.wall + about.maxSessionMs : Infinity;
    this.#since = about.openedAt;
    this.#expiresAt = this.#within(about.session.expiresAt);
    this.account = about.usage.follow(about.session);
    this.account();
  }

  /** When the credentials lapse, in ms since the epoch, if known. */
  get expiresAt(): number | undefined {
    return this.#expiresAt;
  }

  /** How long the credentials live from when they were asked for or extended, in ms, if known. */
  get lifeMs(): number | undefined {
    return this.#expiresAt === undefined ? undefined : Math.max(0, this.#expiresAt - this.#since.wall);
  }

  /** Whether renewing may still move the end: most vaults extend credentials only up to a limit. */
  get renewable(): boolean {
    return this.session.renew !== undefined && !this.#final;
  }

  /** The credentials were renewed at `since`. */
  extend(since: Moment, expiresAt: number | undefined): void {
    const before = this.#expiresAt;
    this.#since = since;
    this.#expiresAt = this.#within(expiresAt);
    this.#final = !outlives(this.#expiresAt, before);
  }

  /** Whether the credentials have lapsed: by the wall clock, or by the time that really passed. */
  lapsed(now: Moment): boolean {
    if (this.#expiresAt === undefined) return false;
    return now.wall >= this.#expiresAt || now.boot - this.#since.boot >= this.#expiresAt - this.#since.wall;
  }

  /** A call begins; call what is returned when it ends. */
  enter(): () => void {
    this.#calls++;
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.account();
      if (--this.#calls === 0) this.#drained?.();
    };
  }

  /** Nothing that it obtained at the vault is ended with it. */
  spare(): void {
    this.#spared = true;
  }

  get spared(): boolean {
    return this.#spared;
  }

  /** Lets its calls finish, for 2 s at most, then closes it. Never rejects: nobody can mend it. */
  async retire(clock: Clock): Promise<void> {
    if (this.#calls > 0) {
      await new Promise<void>((resolve) => {
        this.#drained = resolve;
        clock.after(DRAIN_MS, resolve, true);
      });
    }
    await this.releasing;
    await this.close();
  }

  async close(): Promise<void> {
    try {
      await this.session.close?.();
    } catch {
      // The session is gone either way.
    }
    this.account();
  }

  #within(expiresAt: number | undefined): number | undefined {
    const lapses = Math.min(expiresAt ?? Infinity, this.#endsAt);
    return Number.isFinite(lapses) ? lapses : undefined;
  }
}
