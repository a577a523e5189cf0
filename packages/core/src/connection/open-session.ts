import type { Clock } from "../time/clock.ts";
import { SecretError } from "../errors/secret-error.ts";
import type { Prompter, Provider, Session } from "../contract/provider.ts";
import { Deferred, withDeadline } from "../async/deadline.ts";
import { type ContextEnv, contextEnv } from "./config.ts";
import type { RequestCounter } from "./request-counter.ts";

/** Ms that revoking an unused session may take. */
const REVOKE_MS = 2000;

/** One attempt at opening a connection, until it has an outcome. */
export class OpenAttempt {
  readonly attempt: number;
  readonly person: boolean;
  readonly #outcome = new Deferred<void>();
  #asked = false;

  constructor(attempt: number, person: boolean) {
    this.attempt = attempt;
    this.person = person;
  }

  /** Whether its credentials are what a person typed or gave. */
  get asked(): boolean {
    return this.#asked;
  }

  /** A person is asked for the credentials, or gave them. */
  askPerson(): void {
    this.#asked = true;
  }

  get outcome(): Promise<void> {
    return this.#outcome.promise;
  }

  get signal(): AbortSignal {
    return this.#outcome.signal;
  }

  succeed(): void {
    this.#outcome.resolve();
  }

  fail(error: SecretError): void {
    this.#outcome.reject(error);
  }

  abort(error: SecretError): void {
    this.#outcome.reject(error);
    this.#outcome.abort();
  }
}

/** How a provider is opened. */
export interface OpenSettings extends ContextEnv {
  readonly clock: Clock;
  readonly ms: number;
  readonly signal: AbortSignal;
  readonly prompter?: Prompter | undefined;
  /** A new sign-in was requested: found credentials do not suffice. */
  readonly reauthenticate: boolean;
  /** Called when the provider asks the person. */
  readonly onPrompt: () => void;
  readonly requestCounter: RequestCounter;
}

/** Opens a provider with a deadline. A session that comes too late is ended at once: nothing else refers to it. */
export async function openProvider(provider: Provider, settings: OpenSettings): Promise<Session> {
  const { clock, ms, onPrompt, reauthenticate, requestCounter, signal: openSignal } = settings;
  const onLateResult = (session: Session): void => {
    requestCounter.follow(session)();
    void endQuietly(session, settings);
  };
  const prompter = settings.prompter && observed(settings.prompter, onPrompt);
  const session = await withDeadline(
    async (signal, deadline) =>
      provider.open({
        ...{ signal, deadline, ...contextEnv(settings) },
        ...(prompter && { prompter }),
        ...(reauthenticate && { reauthenticate: true }),
      }),
    { clock, ms, signal: openSignal, onLateResult },
  );
  if (typeof session?.read !== "function") {
    throw new SecretError("internal", "The provider opened something that is not a session.");
  }
  return session;
}

/** Revokes and closes a session that is not going to be used. Never rejects. */
export async function endQuietly(session: Session, config: ContextEnv & { readonly clock: Clock }): Promise<void> {
  try {
    await withDeadline(async (signal, deadline) => session.revoke?.({ signal, deadline, ...contextEnv(config) }), {
      clock: config.clock,
      ms: REVOKE_MS,
    });
  } catch {
    // It expires by itself.
  }
  try {
    await session.close?.();
  } catch {
    // Gone either way.
  }
}

/** The same prompter, reporting each use. */
function observed(prompter: Prompter, onUse: () => void): Prompter {
  return {
    ask: (question) => (onUse(), prompter.ask(question)),
    open: (url) => (onUse(), prompter.open(url)),
    show: (text) => (onUse(), prompter.show(text)),
  };
}
