import { sleep } from "../time/clock.ts";
import { publish } from "../diagnostics.ts";
import { SecretError, toSecretError } from "../errors/secret-error.ts";
import type { Prompter, Provider, Renewal } from "../contract/provider.ts";
import { cancelled, withDeadline } from "../async/deadline.ts";
import { type ConnectionConfig, type ConnectionDependencies, contextEnv } from "./config.ts";
import { endQuietly, OpenAttempt, openProvider } from "./open-session.ts";
import type { RequestCounter } from "./request-counter.ts";
import { type RetryBudget, retryDelayMs } from "./retry-delay.ts";
import { identityOf, LiveSession } from "./session.ts";
import type { Event } from "./state.ts";

/** What the logins of a connection need of it. */
export interface AttemptParts {
  readonly config: ConnectionConfig;
  readonly dependencies: ConnectionDependencies;
  readonly requestCounter: RequestCounter;
  readonly retryBudget: RetryBudget;
  readonly dispatch: (event: Event) => void;
  /** The latest deadline of those who wait for the connection, by `monotonicMs`, in ms. */
  readonly latestDeadline: () => number;
}

/** A sign-in that was requested. */
export interface SignIn {
  readonly prompter?: Prompter | undefined;
  /** Credentials that are found suffice. */
  readonly useFound?: boolean | undefined;
  /** The provider with credentials that a person gave, for this sign-in only. */
  readonly provider?: Provider | undefined;
}

/** The logins and renewals of one connection. A login is retried while somebody waits; each outcome is an event. */
export class OpenAttempts {
  readonly #parts: AttemptParts;
  readonly #running = new Map<number, OpenAttempt>();
  readonly #opened = new Map<number, LiveSession>();
  readonly #renewed = new Map<number, Renewal>();
  #calls = 0;

  constructor(parts: AttemptParts) {
    this.#parts = parts;
  }

  /** How many were sent to the vault. */
  get calls(): number {
    return this.#calls;
  }

  running(attempt: number): OpenAttempt | undefined {
    return this.#running.get(attempt);
  }

  /** The session that an attempt opened; handed out once. */
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

  /** Opens the connection, and reports the outcome as an event. With `signIn`, a person asked for it. */
  async open(attempt: number, signIn: SignIn | undefined): Promise<void> {
    const { config, dependencies } = this.#parts;
    const { clock, now, openMs, interactiveOpenMs } = dependencies;
    const prompter = signIn?.prompter;
    const given = signIn?.provider;
    const until = clock.monotonicMs() + (prompter === undefined ? openMs : interactiveOpenMs);
    const reauthenticate = signIn !== undefined && signIn.useFound !== true && given === undefined;
    await this.#run(attempt, signIn !== undefined, async (signal, running) => {
      if (given !== undefined) running.askPerson();
      for (let tries = 1; ; tries++) {
        const openedAt = now.instant();
        let prompted = false;
        const onPrompt = (): void => {
          prompted = true;
          running.askPerson();
        };
        const ms = until - clock.monotonicMs();
        try {
          const session = await this.#open(given, { ms, signal, prompter, reauthenticate, onPrompt });
          const live = this.#accept(attempt, session, prompted || given !== undefined, openedAt);
          this.#opened.set(attempt, live);
          const { name: connection, provider } = config;
          const durationMs = clock.monotonicMs() - openedAt.monotonicMs;
          publish("open", () => ({ connection, provider: provider.name, durationMs }));
          return { type: "opened", attempt, identity: live.identity, person: live.person };
        } catch (thrown) {
          const latest = signIn ? until : Math.min(until, this.#parts.latestDeadline());
          // A person who has answered once is not asked again because the vault failed.
          const delay = prompted ? undefined : this.#delayMs(toSecretError(thrown), tries, latest);
          if (delay === undefined) throw thrown;
          this.#countRequests(toSecretError(thrown));
          await sleep(clock, delay, signal);
          if (signal.aborted) throw cancelled();
          this.#calls++;
        }
      }
    });
  }

  /** Renews a session's credentials, and reports the outcome as an event. */
  async renew(attempt: number, live: LiveSession | undefined): Promise<void> {
    const { config, dependencies } = this.#parts;
    const { clock, attemptMs: ms } = dependencies;
    await this.#run(attempt, false, async (signal) => {
      const renew = live?.session.renew?.bind(live.session);
      if (live === undefined || renew === undefined) {
        throw new SecretError("internal", "The session cannot be renewed.");
      }
      const call = async (callSignal: AbortSignal, deadline: number): Promise<number | Renewal> =>
        renew({ signal: callSignal, deadline, ...contextEnv(config) });
      const renewal = await withDeadline(call, { clock, ms, signal }).finally(live.countRequests);
      if (typeof renewal !== "object" || renewal === null) {
        this.#renewed.set(attempt, { expiresAt: renewal });
        return { type: "renewed", attempt };
      }
      this.#renewed.set(attempt, renewal);
      return { type: "renewed", attempt, identity: identityOf(renewal.identity, attempt) };
    });
    this.#renewed.delete(attempt);
  }

  #open(
    given: Provider | undefined,
    settings: Pick<Parameters<typeof openProvider>[1], "ms" | "signal" | "prompter" | "reauthenticate" | "onPrompt">,
  ): ReturnType<typeof openProvider> {
    const { config, dependencies, requestCounter } = this.#parts;
    const { clock } = dependencies;
    return openProvider(given ?? config.provider, { ...settings, clock, ...contextEnv(config), requestCounter });
  }

  /** Makes a session out of what a provider opened. Throws `unauthenticated` for credentials that have expired already. */
  #accept(
    serial: number,
    session: LiveSession["session"],
    person: boolean,
    openedAt: Parameters<typeof LiveSession.opened>[0]["openedAt"],
  ): LiveSession {
    const { config, dependencies, requestCounter } = this.#parts;
    const { clock, now } = dependencies;
    const { maxSessionMs } = config;
    const live = LiveSession.opened({ serial, session, person, openedAt, maxSessionMs, requestCounter });
    now.sample();
    if (!live.isExpired(now)) return live;
    // If it were used, it would expire at once, and the next read would open another.
    void endQuietly(session, { clock, ...contextEnv(config) });
    throw new SecretError("unauthenticated", "The credentials had expired when they came; is the clock right?");
  }

  /** Ms until a login is retried, or `undefined` if it is not: the policy of reads, while somebody waits. */
  #delayMs(error: SecretError, attempt: number, until: number): number | undefined {
    const { config, dependencies, retryBudget } = this.#parts;
    const { clock, random } = dependencies;
    const leftMs = until - clock.monotonicMs();
    const delay = retryDelayMs(error, { attempt, leftMs, random, retryBudget });
    if (delay === undefined) return undefined;
    const { code } = error;
    publish("retry", () => ({ connection: config.name, provider: config.provider.name, code, attempt }));
    return delay;
  }

  #countRequests({ details: { requests } }: SecretError): void {
    if (requests !== undefined) this.#parts.requestCounter.add(requests);
  }

  async #run(
    attempt: number,
    person: boolean,
    work: (signal: AbortSignal, running: OpenAttempt) => Promise<Event>,
  ): Promise<void> {
    const running = new OpenAttempt(attempt, person);
    this.#running.set(attempt, running);
    const { config, dispatch } = this.#parts;
    this.#calls++;
    try {
      dispatch(await work(running.signal, running));
      running.succeed();
    } catch (thrown) {
      const error = toSecretError(thrown);
      this.#countRequests(error);
      dispatch({ type: "refused", attempt, error, asked: running.asked });
      running.fail(error);
      publish("open", () => ({ connection: config.name, provider: config.provider.name, code: error.code }));
    } finally {
      this.#running.delete(attempt);
    }
  }
}
