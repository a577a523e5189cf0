import type { Clock } from "../clock.ts";
import { SecretError } from "../errors/secret-error.ts";
import type { Interact, Provider, Session } from "../provider.ts";
import { race } from "../race.ts";
import { type Lent, lentBy } from "./lent.ts";
import type { Usage } from "./usage.ts";

/** One attempt at opening a connection, until it is answered. */
export class OpeningAttempt {
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
    interact?: Interact | undefined;
    /** A new sign-in was asked for. */
    anew: boolean;
    /** Is told when somebody is asked. */
    asked: { person: boolean };
    usage: Usage;
  },
): Promise<Session> {
  const late = (session: Session): void => {
    about.usage.follow(session)();
    void endQuietly(session, about);
  };
  const interact = about.interact && noticing(about.interact, about.asked);
  const session = await race(
    async (signal, deadline) =>
      provider.open({
        ...{ signal, deadline, ...lentBy(about) },
        ...(interact && { interact }),
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
    await race(async (signal, deadline) => session.revoke?.({ signal, deadline, ...lentBy(about) }), {
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

function noticing(interact: Interact, asked: { person: boolean }): Interact {
  const noticed = (): Interact => {
    asked.person = true;
    return interact;
  };
  return {
    ask: (question) => noticed().ask(question),
    open: (url) => noticed().open(url),
    show: (text) => noticed().show(text),
  };
}
