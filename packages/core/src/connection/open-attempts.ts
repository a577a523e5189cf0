import { sleep } from "../time/clock.ts";
import { publish } from "../diagnostics.ts";
import { SecretError } from "../errors/secret-error.ts";
import { toSecretError } from "../errors/to-secret-error.ts";
import type { Prompter, Provider, Renewal } from "../contract/provider.ts";
import { withDeadline } from "../async/deadline.ts";
import type { ConnectionConfig, ConnectionDependencies } from "./config.ts";
import type { RetryBudget } from "./retry-budget.ts";
import { lentBy } from "./lent.ts";
import { identityOf, LiveSession } from "./session.ts";
import { endQuietly, OpenAttempt, openProvider } from "./open-session.ts";
import { retryDelayMs } from "./retry-delay.ts";
import type { Event } from "./state.ts";
import type { RequestCounter } from "./request-counter.ts";

/** What the logins of a connection need of it. */
export interface AttemptParts {
  readonly about: ConnectionConfig;
  readonly dependencies: ConnectionDependencies;
  readonly requestCounter: RequestCounter;
  readonly retryBudget: RetryBudget;
  readonly dispatch: (event: Event) => void;
  /** Until when somebody waits for the connection, by `monotonicMs`, in ms. */
  readonly waitedFor: () => number;
}

/** A sign-in that was asked for. */
export interface SignIn {
  readonly prompter?: Prompter | undefined;
  /** Credentials that are found do too. */
  readonly useFound?: boolean | undefined;
  /** The recipe with credentials that a person gave, for this sign-in only. */
  readonly provider?: Provider | undefined;
}

/** The logins and renewals of one connection. A login is tried again while somebody waits; each outcome is an event. */
export class OpenAttempts {
  /** Sent to the vault so far. */
  calls = 0;
  readonly #parts: AttemptParts;
  readonly #running = new Map<number, OpenAttempt>();
  readonly #opened = new Map<number, LiveSession>();
  readonly #renewed = new Map<number, Renewal>();

  constructor(parts: AttemptParts) {
    this.#parts = parts;
  }

  running(attempt: number): OpenAttempt | undefined {
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
    const { dependencies, about } = this.#parts;
    const { clock, now, openMs, interactiveOpenMs } = dependencies;
    const prompter = wanted?.prompter;
    const ms = prompter === undefined ? openMs : interactiveOpenMs;
    const until = clock.monotonicMs() + ms;
    const given = wanted?.provider;
    const anew = wanted !== undefined && wanted.useFound !== true && given === undefined;
    await this.#run(attempt, wanted !== undefined, async (signal) => {
      for (let tries = 1; ; tries++) {
        const openedAt = now.instant();
        const asked = { person: false };
        try {
          const live = await this.#openOnce({
            attempt,
            ms: until - clock.monotonicMs(),
            signal,
            prompter,
            given,
            anew,
            asked,
          });
          this.#opened.set(attempt, live);
          const { name: connection, provider } = about;
          publish("open", () => ({
            connection,
            provider: provider.name,
            durationMs: clock.monotonicMs() - openedAt.monotonicMs,
          }));
          return { type: "opened", attempt, identity: live.identity, person: live.person };
        } catch (thrown) {
          // Whoever was asked once is not asked again for a fault of the vault's.
          const delay = asked.person
            ? undefined
            : this.#delayMs(toSecretError(thrown), tries, Math.min(until, wanted ? until : this.#parts.waitedFor()));
          if (delay === undefined) throw thrown;
          this.#account(toSecretError(thrown));
          await sleep(clock, delay, signal);
          if (signal.aborted) throw new SecretError("aborted", "The call was cancelled.");
          this.calls++;
        }
      }
    });
  }

  async renew(attempt: number, live: LiveSession | undefined): Promise<void> {
    const { about, dependencies } = this.#parts;
    const { clock, attemptMs } = dependencies;
    await this.#run(attempt, false, async (signal) => {
      const renew = live?.session.renew?.bind(live.session);
      if (live === undefined || renew === undefined) {
        throw new SecretError("internal", "The session cannot be renewed.");
      }
      const call = async (racing: AbortSignal, deadline: number): Promise<number | Renewal> =>
        renew({ signal: racing, deadline, ...lentBy(about) });
      const brought = await withDeadline(call, { clock, ms: attemptMs, signal }).finally(live.account);
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
    prompter: Prompter | undefined;
    given: Provider | undefined;
    anew: boolean;
    asked: { person: boolean };
  }): Promise<LiveSession> {
    const { about, dependencies, requestCounter } = this.#parts;
    const { clock, now } = dependencies;
    const { attempt: serial, asked, given } = how;
    const { maxSessionMs } = about;
    const provider = given ?? about.provider;
    const lent = lentBy(about);
    const openedAt = now.instant();
    const session = await openProvider(provider, { ...how, clock, ...lent, requestCounter });
    const person = asked.person || given !== undefined;
    const live = LiveSession.opened({ serial, session, person, openedAt, maxSessionMs, requestCounter });
    now.sample();
    // Adopted, it would lapse at once, and the next read would open the next one.
    if (live.isExpired(now)) {
      void endQuietly(live.session, { clock, ...lent });
      throw new SecretError("unauthenticated", "The credentials had expired when they came; is the clock right?");
    }
    return live;
  }

  /** Ms until a login is tried again, or `undefined` when it is not: by the policy of reads, while somebody waits. */
  #delayMs(error: SecretError, attempt: number, until: number): number | undefined {
    const { about, dependencies, retryBudget } = this.#parts;
    const { clock, random } = dependencies;
    const leftMs = until - clock.monotonicMs();
    const delay = retryDelayMs(error, { attempt, leftMs, random, retryBudget });
    if (delay === undefined) return undefined;
    const { code } = error;
    publish("retry", () => ({ connection: about.name, provider: about.provider.name, code, attempt }));
    return delay;
  }

  #account({ details: { requests } }: SecretError): void {
    if (requests !== undefined) this.#parts.requestCounter.add(requests);
  }

  async #run(attempt: number, person: boolean, work: (signal: AbortSignal) => Promise<Event>): Promise<void> {
    const running = new OpenAttempt(attempt, person);
    this.#running.set(attempt, running);
    const { about, dispatch } = this.#parts;
    this.calls++;
    try {
      dispatch(await work(running.signal));
      running.succeed();
    } catch (thrown) {
      const error = toSecretError(thrown);
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
