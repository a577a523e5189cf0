import type { SecretError as SecretErrorOfCore } from "../../src/errors/secret-error.ts";
import type { Context, Locator, Provider, Renewal, SecretDocument, Session } from "../../src/contract/provider.ts";
import type { Login, Outcome, Setting } from "./commands.ts";
import { elapsed, type Facts, type Instant } from "./facts.ts";

/** The part of core the model needs, of whichever copy of it is under test. */
export type MakeError = typeof SecretErrorOfCore;

/** One document asked of the vault once. Its id travels as the document's version. */
export interface ReadRecord {
  readonly id: number;
  readonly doc: number;
  readonly session: ModelSession;
  readonly sent: Instant;
  readonly ttlMs: number;
  readonly expiresAt: number | undefined;
  readonly signal: AbortSignal;
  readonly alone: boolean;
  readonly before: string;
  settled?: Instant;
  /** It landed after its call was given up: nobody may notice. */
  late?: boolean;
  /** It had expired when the TTL was changed; by a lowered one, it may not be stale either. */
  expired?: "by-time" | "by-change";
  given?: string;
  code?: string;
}

/** A call that waits for the model to land it. */
interface Call {
  readonly reads: readonly ReadRecord[];
  respond(outcomes: readonly Outcome[], whole: boolean): void;
}

/** A session that a login gave. */
export interface ModelSession {
  readonly serial: number;
  readonly identity: string | undefined;
  readonly person: boolean;
  dead: boolean;
  closed: boolean;
}

interface OpenRecord {
  readonly context: Context;
  readonly respond: (login: Login) => void;
}

export const DOCS = 4;

/** The vault at the other end: four documents, whose reads land when and how the model says. */
export class ModelVault {
  readonly provider: Provider;
  readonly reads: ReadRecord[] = [];
  readonly sessions: ModelSession[] = [];
  air: Call[] = [];
  opens: OpenRecord[] = [];
  login: Login = "A";
  /** What the world wants to know the moment it happens. */
  onRead: (reads: readonly ReadRecord[]) => void = () => undefined;
  onOpen: (person: boolean) => void = () => undefined;
  onOpened: (session: ModelSession) => void = () => undefined;
  onLanded: (reads: readonly ReadRecord[]) => void = () => undefined;
  onRefused: (login: Login, person: boolean) => void = () => undefined;
  readonly #rotations: number[] = Array.from({ length: DOCS }, () => 0);
  readonly #facts: Facts;
  readonly #setting: Setting;
  readonly #SecretError: MakeError;

  constructor(facts: Facts, setting: Setting, makeError: MakeError) {
    this.#facts = facts;
    this.#setting = setting;
    this.#SecretError = makeError;
    this.provider = { specVersion: 1, name: "model", open: (context) => this.#open(context) };
  }

  rotate(doc: number): void {
    this.#rotations[doc] = (this.#rotations[doc] ?? 0) + 1;
  }

  async #open(context: Context): Promise<Session> {
    const person = context.prompter !== undefined;
    this.onOpen(person);
    if (person) await context.prompter?.ask({ label: "Token", secret: true });
    const asked = this.#facts.instant();
    const login = this.login === "hang" ? await this.#hang(context) : this.login;
    if (login === "refused" || login === "unavailable") {
      if (!context.signal.aborted) this.onRefused(login, person);
      throw new this.#SecretError(login === "refused" ? "unauthenticated" : "unavailable", "The login failed.");
    }
    const session: ModelSession = {
      serial: this.sessions.length,
      identity: login === "nameless" ? undefined : login,
      person,
      dead: false,
      closed: false,
    };
    this.sessions.push(session);
    // Credentials that have lapsed by one of the clocks when they come count as refused.
    const late = elapsed(asked, this.#facts.clock);
    const lapsed = this.#setting.life > 0 && late.uptimeMs >= late.epochMs + this.#setting.life * 1000;
    if (!context.signal.aborted && lapsed) this.onRefused("refused", person);
    else if (!context.signal.aborted) this.onOpened(session);
    return this.#session(session);
  }

  #hang(context: Context): Promise<Login> {
    return new Promise((resolve) => {
      const open: OpenRecord = {
        context,
        respond: (login) => {
          this.opens = this.opens.filter((other) => other !== open);
          resolve(login);
        },
      };
      this.opens.push(open);
    });
  }

  #session(session: ModelSession): Session {
    const { batch, life, renews } = this.#setting;
    const until = (): number => this.#facts.clock.epochMs() + life * 1000;
    let mine = session;
    return {
      ...(session.identity !== undefined && { identity: session.identity }),
      ...(life > 0 && { expiresAt: until() }),
      ...(life > 0 && renews && { renew: async () => ((mine = this.#renewed(mine)), this.#renewal(mine, until())) }),
      read: (locator, context) => this.#call([locator], context, mine, only),
      ...(batch && {
        maxBatch: 3,
        readMany: (locators, context) =>
          this.#call(locators, context, mine, async (answers) =>
            Promise.allSettled(answers.map(async (answer) => answer())),
          ),
      }),
      close: async () => {
        if (session.closed && session === mine) this.#facts.broken("I14", "a session is closed twice");
        if (mine !== session && mine.closed) this.#facts.broken("I14", "a session is closed twice");
        mine.closed = true;
      },
    };
  }

  /** Whose session it is once renewed. */
  #renewed(session: ModelSession): ModelSession {
    const { renewedAs: identity } = this.#setting;
    if (identity === undefined || identity === session.identity) return session;
    const renewed = { ...session, serial: this.sessions.length, identity, dead: false };
    session.closed = true;
    this.sessions.push(renewed);
    this.onOpened(renewed);
    return renewed;
  }

  #renewal({ identity }: ModelSession, expiresAt: number): number | Renewal {
    return this.#setting.renewedAs && identity ? { expiresAt, identity } : expiresAt;
  }

  #call<ReadResult>(
    locators: readonly Locator[],
    { signal }: Context,
    session: ModelSession,
    answer: (answers: ReadonlyArray<() => SecretDocument>) => ReadResult | Promise<ReadResult>,
  ): Promise<ReadResult> {
    const { clock, ttlMs } = this.#facts;
    const reads = locators.map(({ path }, index): ReadRecord => {
      const doc = Number(path.slice(1));
      return {
        ...{ id: this.reads.length + index, doc, session, signal, sent: this.#facts.instant() },
        ttlMs: Math.max(ttlMs, this.#facts.ttlSinceIdle.get(doc) ?? 0),
        expiresAt: doc === 1 && this.#setting.few ? clock.epochMs() + 45_000 : undefined,
        alone: locators.length === 1,
        before: this.#text(doc, session),
      };
    });
    this.reads.push(...reads);
    this.onRead(reads);
    return new Promise((resolve, reject) => {
      const call: Call = {
        reads,
        respond: (outcomes, whole) => {
          this.air = this.air.filter((other) => other !== call);
          const [first = "ok"] = outcomes;
          try {
            if (whole && reads.length > 1 && first !== "ok" && first !== "now") throw this.#refuseAll(reads, first);
            const answers = reads.map((read, index) => this.#answer(read, outcomes[index % outcomes.length] ?? "ok"));
            this.onLanded(reads);
            resolve(answer(answers));
          } catch (error) {
            reject(error);
          }
        },
      };
      this.air.push(call);
    });
  }

  /** Settles what one read is answered, and gives what gives it. */
  #answer(read: ReadRecord, wanted: Outcome): () => SecretDocument {
    const outcome = read.session.dead ? "unauthenticated" : wanted;
    read.settled = this.#facts.instant();
    read.late = read.signal.aborted;
    if (outcome !== "ok" && outcome !== "now") {
      const error = this.#refusal(outcome);
      read.code = error.code;
      return () => {
        throw error;
      };
    }
    const text = outcome === "ok" ? read.before : this.#text(read.doc, read.session);
    read.given = text;
    const value = read.doc === 2 ? { a: text } : read.doc === 3 ? new TextEncoder().encode(text) : text;
    return () => ({
      value,
      version: String(read.id),
      ...(this.#setting.spelled && read.doc < 2 && { id: "one-secret" }),
      ...(read.expiresAt !== undefined && { expiresAt: read.expiresAt }),
    });
  }

  /** The call fails as a whole. That batching is denied says nothing about the documents. */
  #refuseAll(reads: readonly ReadRecord[], outcome: Exclude<Outcome, "ok" | "now">): SecretErrorOfCore {
    const error = this.#refusal(reads[0]?.session.dead ? "unauthenticated" : outcome);
    for (const read of reads) {
      read.settled = this.#facts.instant();
      read.late = read.signal.aborted;
      read.code = error.code === "denied" ? "batch-denied" : error.code;
    }
    this.onLanded(reads);
    return error;
  }

  #refusal(outcome: Exclude<Outcome, "ok" | "now">): SecretErrorOfCore {
    const later = outcome === "throttled-5s";
    return new this.#SecretError(
      later ? "throttled" : outcome,
      "The vault refuses.",
      later ? { retryAfterMs: 5000 } : {},
    );
  }

  #text(doc: number, { identity, serial }: ModelSession): string {
    return `vlcanary-${doc}-${identity ?? `#${serial}`}-${this.#rotations[doc]}`;
  }
}

function only([answer]: ReadonlyArray<() => SecretDocument>): SecretDocument {
  if (answer === undefined) throw new Error("A read has one answer.");
  return answer();
}
