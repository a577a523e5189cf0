import { sleep } from "../clock.ts";
import { publish } from "../diagnostics.ts";
import { SecretError } from "../errors/secret-error.ts";
import { wrap } from "../errors/wrap.ts";
import type { Interact, Renewal } from "../provider.ts";
import { race } from "../race.ts";
import type { About, Surroundings } from "./about.ts";
import type { Budget } from "./budget.ts";
import { lentBy } from "./lent.ts";
import { identityOf, LiveSession } from "./live-session.ts";
import { endQuietly, OpeningAttempt, openProvider } from "./opening.ts";
import { retryDelayMs } from "./retry-delay.ts";
import type { Event } from "./state.ts";
import type { Usage } from "./usage.ts";

/** What the logins of a connection need of it. */
export interface AttemptParts {
  readonly about: About;
  readonly around: Surroundings;
  readonly usage: Usage;
  readonly budget: Budget;
  readonly dispatch: (event: Event) => void;
  /** Until when somebody waits for the connection, by `hr`, in ms. */
  readonly waitedFor: () => number;
}

/** A sign-in that was asked for. */
export interface SignIn {
  readonly interact?: Interact | undefined;
  /** Credentials that are found do too. */
  readonly useFound?: boolean | undefined;
}

/** The logins and renewals of one connection. A login is tried again while somebody waits; each outcome is an event. */
export class Attempts {
  /** Sent to the vault so far. */
  calls = 0;
  readonly #parts: AttemptParts;
  readonly #running = new Map<number, OpeningAttempt>();
  readonly #opened = new Map<number, LiveSession>();
  readonly #renewed = new Map<number, Renewal>();

  constructor(parts: AttemptParts) {
    this.#parts = parts;
  }

  running(attempt: number): OpeningAttempt | undefined {
    return this.#running.get(attempt);
  }

  /** The session an attempt opened, once. */
  take(attempt: number): LiveSession | undefined {
    const live = this.#opened.get(attempt);
    this.#opened.delete(attempt);
    return live;
  }

  /** What an attempt renewed the credentials to. */
  renewal(attempt: number): Renewal | undefined {
    return this.#renewed.get(attempt);
  }

  abort(error: SecretError): void {
    for (const running of this.#running.values()) running.abort(error);
  }

  async open(attempt: number, wanted: SignIn | undefined): Promise<void> {
    const { around, about } = this.#parts;
    const { clock, now, openMs, interactiveOpenMs } = around;
    const interact = wanted?.interact;
    const ms = interact === undefined ? openMs : interactiveOpenMs;
    const until = clock.hr() + ms;
    const anew = wanted !== undefined && wanted.useFound !== true;
    await this.#run(attempt, wanted !== undefined, async (signal) => {
      for (let tries = 1; ; tries++) {
        const openedAt = now.moment();
        const asked = { person: false };
        try {
          const live = await this.#openOnce({ attempt, ms: until - clock.hr(), signal, interact, anew, asked });
          this.#opened.set(attempt, live);
          const { name: connection, provider } = about;
          publish("open", () => ({ connection, provider: provider.name, durationMs: clock.hr() - openedAt.hr }));
          return { type: "opened", attempt, identity: live.identity, person: live.person };
        } catch (thrown) {
          // Whoever was asked once is not asked again for a fault of the vault's.
          const delay = asked.person
            ? undefined
            : this.#delayMs(wrap(thrown), tries, Math.min(until, wanted ? until : this.#parts.waitedFor()));
          if (delay === undefined) throw thrown;
          this.#account(wrap(thrown));
          await sleep(clock, delay, signal);
          if (signal.aborted) throw new SecretError("aborted", "The call was cancelled.");
          this.calls++;
        }
      }
    });
  }

  async renew(attempt: number, live: LiveSession | undefined): Promise<void> {
    const { about, around } = this.#parts;
    const { clock, attemptMs } = around;
    await this.#run(attempt, false, async (signal) => {
      const renew = live?.session.renew?.bind(live.session);
      if (live === undefined || renew === undefined) {
        throw new SecretError("internal", "The session cannot be renewed.");
      }
      const call = async (racing: AbortSignal, deadline: number): Promise<number | Renewal> =>
        renew({ signal: racing, deadline, ...lentBy(about) });
      const brought = await race(call, { clock, ms: attemptMs, signal }).finally(live.account);
      if (typeof brought !== "object" || brought === null) {
        this.#renewed.set(attempt, { expiresAt: brought });
        return { type: "renewed", attempt };
      }
      this.#renewed.set(attempt, brought);
      return { type: "renewed", attempt, identity: identityOf(brought.identity, attempt) };
    });
    this.#renewed.delete(attempt);
  }

  async #openOnce(how: {
    attempt: number;
    ms: number;
    signal: AbortSignal;
    interact: Interact | undefined;
    anew: boolean;
    asked: { person: boolean };
  }): Promise<LiveSession> {
    const { about, around, usage } = this.#parts;
    const { clock, now } = around;
    const { maxSessionMs, provider } = about;
    const lent = lentBy(about);
    const openedAt = now.moment();
    const session = await openProvider(provider, { ...how, clock, ...lent, usage });
    const { attempt: serial, asked } = how;
    const live = LiveSession.opened({ serial, session, person: asked.person, openedAt, maxSessionMs, usage });
    now.look();
    // Adopted, it would lapse at once, and the next read would open the next one.
    if (live.lapsed(now)) {
      void endQuietly(live.session, { clock, ...lent });
      throw new SecretError("unauthenticated", "The credentials had expired when they came; is the clock right?");
    }
    return live;
  }

  /** Ms until a login is tried again, or `undefined` when it is not: by the policy of reads, while somebody waits. */
  #delayMs(error: SecretError, attempt: number, until: number): number | undefined {
    const { about, around, budget } = this.#parts;
    const { clock, random } = around;
    const leftMs = until - clock.hr();
    const delay = retryDelayMs(error, { attempt, leftMs, random, budget });
    if (delay === undefined) return undefined;
    const { code } = error;
    publish("retry", () => ({ connection: about.name, provider: about.provider.name, code, attempt }));
    return delay;
  }

  #account({ details: { requests } }: SecretError): void {
    if (requests !== undefined) this.#parts.usage.add(requests);
  }

  async #run(attempt: number, person: boolean, work: (signal: AbortSignal) => Promise<Event>): Promise<void> {
    const running = new OpeningAttempt(attempt, person);
    this.#running.set(attempt, running);
    const { about, dispatch } = this.#parts;
    this.calls++;
    try {
      dispatch(await work(running.signal));
      running.succeed();
    } catch (thrown) {
      const error = wrap(thrown);
      this.#account(error);
      dispatch({ type: "refused", attempt, error });
      running.fail(error);
      const { name: connection, provider } = about;
      publish("open", () => ({ connection, provider: provider.name, code: error.code }));
    } finally {
      this.#running.delete(attempt);
    }
  }
}
