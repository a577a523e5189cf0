import type { Clock } from "../time/clock.ts";
import { SecretError } from "../errors/secret-error.ts";
import type { Prompter, Provider, Session } from "../contract/provider.ts";
import { withDeadline } from "../async/deadline.ts";
import { type Lent, lentBy } from "./lent.ts";
import type { RequestCounter } from "./request-counter.ts";

/** One attempt at opening a connection, until it is answered. */
export class OpenAttempt {
  readonly attempt: number;
  readonly person: boolean;
  readonly settled: Promise<void>;
  #resolve!: () => void;
  #reject!: (error: SecretError) => void;
  readonly #controller = new AbortController();

  constructor(attempt: number, person: boolean) {
    this.attempt = attempt;
    this.person = person;
    this.settled = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.settled.catch(() => undefined);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  succeed(): void {
    this.#resolve();
  }

  fail(error: SecretError): void {
    this.#reject(error);
  }

  abort(error: SecretError): void {
    this.#reject(error);
    this.#controller.abort();
  }
}

/** Opens a provider against a deadline. A session that comes too late is ended at once: nobody knows of it. */
export async function openProvider(
  provider: Provider,
  about: Lent & {
    clock: Clock;
    ms: number;
    signal: AbortSignal;
    prompter?: Prompter | undefined;
    /** A new sign-in was asked for. */
    anew: boolean;
    /** Is told when somebody is asked. */
    asked: { person: boolean };
    requestCounter: RequestCounter;
  },
): Promise<Session> {
  const late = (session: Session): void => {
    about.requestCounter.follow(session)();
    void endQuietly(session, about);
  };
  const prompter = about.prompter && noticing(about.prompter, about.asked);
  const session = await withDeadline(
    async (signal, deadline) =>
      provider.open({
        ...{ signal, deadline, ...lentBy(about) },
        ...(prompter && { prompter }),
        ...(about.anew && { reauthenticate: true }),
      }),
    { clock: about.clock, ms: about.ms, signal: about.signal, late },
  );
  if (typeof session?.read !== "function") {
    throw new SecretError("internal", "The provider opened something that is not a session.");
  }
  return session;
}

/** Revokes and closes a session that nobody will use. */
export async function endQuietly(session: Session, about: Lent & { clock: Clock }): Promise<void> {
  try {
    await withDeadline(async (signal, deadline) => session.revoke?.({ signal, deadline, ...lentBy(about) }), {
      clock: about.clock,
      ms: 2000,
    });
  } catch {
    // It lapses by itself.
  }
  try {
    await session.close?.();
  } catch {
    // Gone either way.
  }
}

function noticing(prompter: Prompter, asked: { person: boolean }): Prompter {
  const noticed = (): Prompter => {
    asked.person = true;
    return prompter;
  };
  return {
    ask: (question) => noticed().ask(question),
    open: (url) => noticed().open(url),
    show: (text) => noticed().show(text),
  };
}
