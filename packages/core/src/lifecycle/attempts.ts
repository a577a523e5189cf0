import { publish } from "../diagnostics.ts";
import { SecretError } from "../errors/secret-error.ts";
import { wrap } from "../errors/wrap.ts";
import type { Interact } from "../provider.ts";
import { race } from "../race.ts";
import type { About, Surroundings } from "./about.ts";
import { lentBy } from "./lent.ts";
import { LiveSession } from "./live-session.ts";
import { endQuietly, OpeningAttempt, openProvider } from "./opening.ts";
import type { Event } from "./state.ts";
import type { Usage } from "./usage.ts";

/** The logins and renewals of one connection: each is tried once, and its outcome becomes an event. */
export class Attempts {
  /** Sent to the vault so far. */
  calls = 0;
  readonly #about: About;
  readonly #around: Surroundings;
  readonly #usage: Usage;
  readonly #dispatch: (event: Event) => void;
  readonly #running = new Map<number, OpeningAttempt>();
  readonly #opened = new Map<number, LiveSession>();
  readonly #renewed = new Map<number, number>();

  constructor(about: About, around: Surroundings, usage: Usage, dispatch: (event: Event) => void) {
    this.#about = about;
    this.#around = around;
    this.#usage = usage;
    this.#dispatch = dispatch;
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

  /** Until when an attempt renewed the credentials, in ms since the epoch. */
  renewedUntil(attempt: number): number | undefined {
    return this.#renewed.get(attempt);
  }

  abort(error: SecretError): void {
    for (const running of this.#running.values()) running.abort(error);
  }

  async open(attempt: number, interact: Interact | undefined, person: boolean): Promise<void> {
    const { clock, now, openMs, interactiveOpenMs } = this.#around;
    const { maxSessionMs, name, provider } = this.#about;
    const lent = lentBy(this.#about);
    const ms = interact === undefined ? openMs : interactiveOpenMs;
    const openedAt = now.moment();
    await this.#run(attempt, person, async (signal) => {
      const usage = this.#usage;
      const opened = await openProvider(provider, { clock, ...lent, ms, signal, interact, usage });
      const live = new LiveSession({ serial: attempt, ...opened, openedAt, maxSessionMs, usage });
      now.look();
      // Adopted, it would lapse at once, and the next read would open the next one.
      if (live.lapsed(now)) {
        void endQuietly(live.session, { clock, ...lent });
        throw new SecretError("unauthenticated", "The credentials had expired when they came; is the clock right?");
      }
      this.#opened.set(attempt, live);
      publish("open", () => ({ connection: name, provider: provider.name, durationMs: clock.hr() - openedAt.hr }));
      return { type: "opened", attempt, identity: live.identity, person: live.person };
    });
  }

  async renew(attempt: number, live: LiveSession | undefined): Promise<void> {
    const { clock, attemptMs } = this.#around;
    const lent = lentBy(this.#about);
    await this.#run(attempt, false, async (signal) => {
      const renew = live?.session.renew?.bind(live.session);
      if (renew === undefined) throw new SecretError("internal", "The session cannot be renewed.");
      const call = async (racing: AbortSignal): Promise<number> => renew({ signal: racing, ...lent });
      this.#renewed.set(attempt, await race(call, { clock, ms: attemptMs, signal }).finally(live?.account));
      return { type: "renewed", attempt };
    });
    this.#renewed.delete(attempt);
  }

  async #run(attempt: number, person: boolean, work: (signal: AbortSignal) => Promise<Event>): Promise<void> {
    const running = new OpeningAttempt(attempt, person);
    this.#running.set(attempt, running);
    this.calls++;
    try {
      this.#dispatch(await work(running.signal));
      running.succeed();
    } catch (thrown) {
      const error = wrap(thrown);
      if (error.details.requests !== undefined) this.#usage.add(error.details.requests);
      this.#dispatch({ type: "refused", attempt, error });
      running.fail(error);
      const { name: connection, provider } = this.#about;
      publish("open", () => ({ connection, provider: provider.name, code: error.code }));
    } finally {
      this.#running.delete(attempt);
    }
  }
}
