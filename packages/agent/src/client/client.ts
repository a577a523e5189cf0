import { SecretError } from "@vaultlink/core";
import type { AgentPlace } from "../place.ts";
import type { Operation } from "../protocol/call.ts";
import type { Message } from "../protocol/frame.ts";
import { findAgent } from "./find.ts";
import { AgentGone, type AgentSession, type AskOptions } from "./session.ts";
import { variablesFor } from "./variables.ts";

export interface ClientOptions {
  readonly place: AgentPlace;
  /** The caller's environment: of it goes to the agent what a connection declares. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the command runs, for the configuration the agent reads. */
  readonly commandPlace: object;
  /** What the log of who reads what calls the caller. @default "program" */
  readonly reader?: string | undefined;
  /** Starts an agent where none runs, and resolves when one answers. Absent: nothing is started. */
  readonly start?: (() => Promise<boolean>) | undefined;
}

/** Asks the user's agent: finds it, or starts it, and asks again once where it goes away in between. */
export class AgentClient {
  readonly #options: ClientOptions;
  #session: AgentSession | undefined;
  #connecting: Promise<AgentSession | undefined> | undefined;
  #isClosed = false;

  private constructor(options: ClientOptions, session: AgentSession) {
    this.#options = options;
    this.#session = session;
  }

  /**
   * A client of the running agent, or `undefined` where there is none and none could be started. Throws `invalid_config`
   * for what stands at its place and is not the user's agent.
   */
  static async open(options: ClientOptions): Promise<AgentClient | undefined> {
    const session = await connect(options);
    return session && new AgentClient(options, session);
  }

  /** Asks for something that depends on configuration. Rejects with the agent's error, or with `AgentGone`. */
  async ask(op: Operation, parameters: object = {}, options: AskOptions = {}): Promise<Message> {
    const { commandPlace: place, reader: name = "program" } = this.#options;
    const request = { place, reader: { name, pid: process.pid }, ...parameters };
    const answer = await this.#askOnce(op, request, options);
    if (answer["needs"] === undefined) return answer;
    const envVariables = variablesFor(answer["needs"], options.env ?? this.#options.env);
    return this.#askOnce(op, { ...request, envVariables }, options);
  }

  /** As `ask`, for an answer in parts, which are yielded as they come. Leaving the loop cancels the request. */
  async *askInParts(
    op: Operation,
    parameters: object = {},
    { signal, ...options }: Omit<AskOptions, "onPart"> = {},
  ): AsyncGenerator<Message, Message, undefined> {
    const left = new AbortController();
    const parts: Message[] = [];
    let arrived = Promise.withResolvers<void>();
    let isOver = false;
    const answer = this.ask(op, parameters, {
      ...options,
      signal: signal === undefined ? left.signal : AbortSignal.any([signal, left.signal]),
      onPart: (part) => {
        parts.push(part);
        arrived.resolve();
      },
    }).finally(() => {
      isOver = true;
      arrived.resolve();
    });
    answer.catch(() => undefined);
    try {
      for (;;) {
        if (parts.length === 0 && !isOver) await arrived.promise;
        arrived = Promise.withResolvers();
        yield* parts.splice(0);
        if (isOver && parts.length === 0) return await answer;
      }
    } finally {
      left.abort();
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#session?.close();
  }

  /** What was asked of an agent that is gone is asked of the next one: nothing but the agent's memory is changed by it. */
  async #askOnce(op: Operation, request: object, given: AskOptions): Promise<Message> {
    let isBegun = false;
    const onPart = (part: Message): void => {
      isBegun = true;
      given.onPart?.(part);
    };
    const options = given.onPart === undefined ? given : { ...given, onPart };
    const session = await this.#connected();
    if (session === undefined) throw new AgentGone("The agent went away.");
    try {
      return await session.ask(op, request, options);
    } catch (error) {
      if (!(error instanceof AgentGone) || this.#isClosed) throw error;
      // Another agent would begin at the beginning.
      if (isBegun) throw interrupted();
      const next = await this.#connected(session);
      if (next === undefined) throw error;
      return next.ask(op, request, options);
    }
  }

  /** The session with the agent, made once for all that ask at the same time; another one where `gone` was it. */
  async #connected(gone?: AgentSession): Promise<AgentSession | undefined> {
    if (gone !== undefined && this.#session === gone) {
      gone.close();
      this.#session = undefined;
    }
    if (this.#session !== undefined) return this.#session;
    this.#connecting ??= connect(this.#options).finally(() => (this.#connecting = undefined));
    const session = await this.#connecting;
    if (this.#isClosed) session?.close();
    this.#session = session;
    return session;
  }
}

const interrupted = (): SecretError =>
  new SecretError("unavailable", "The agent ended before its answer did; ask again.");

/** An agent that speaks no version spoken here is asked to end, and replaced. */
async function connect({ place, start }: ClientOptions): Promise<AgentSession | undefined> {
  const found = await findAgent(place);
  if (found !== undefined && found.version > 0) return found;
  if (found !== undefined) {
    await found.ask("stop").catch(() => undefined);
    found.close();
  }
  return start !== undefined && (await start()) ? findAgent(place) : undefined;
}
