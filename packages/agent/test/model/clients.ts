import { type CacheOptions, type ConnectionDefinition, isSecretError, type LinkDefinition } from "@vaultlink/core";
import type { ModelClock } from "./model-clock.ts";
import { variablesFor } from "../../src/client/variables.ts";
import type { Configuration, ConfigurationSource } from "../../src/operations/configuration.ts";
import type { VaultOperations as VaultOperationsOfAgent } from "../../src/operations/operations.ts";
import type { Message } from "../../src/protocol/frame.ts";
import { Call } from "../../src/server/call.ts";
import { type Answer, CONNECTIONS, type ConnectionName, DOCUMENTS, LINKS } from "./commands.ts";
import type { Identity, Remote } from "./remote.ts";

/** The copy of the agent under test. */
export interface AgentUnderTest {
  readonly VaultOperations: typeof VaultOperationsOfAgent;
}

/** Terminals: the folder each is in, and whose token its environment has. */
export const CLIENTS: ReadonlyArray<{ readonly place: number; readonly identity: Identity | undefined }> = [
  { place: 0, identity: "ada" },
  { place: 1, identity: "ada" },
  { place: 0, identity: "ben" },
  { place: 0, identity: undefined },
  { place: 1, identity: undefined },
];

type Operation = Parameters<VaultOperationsOfAgent["perform"]>[0];

/** Rounds of the microtask queue after which a request that nothing holds up has been answered. */
const ROUNDS = 40;

/** What a client is asked, and what its person answers. */
interface Question {
  readonly call: Call;
  readonly message: object;
  readonly person: Answer | undefined;
}

/** What came of a request. */
export type Answered = { readonly answer: Message } | { readonly code: string; readonly reason?: string | undefined };

/** The terminals, the configuration of the two folders they are in, and the agent they ask. */
export class Clients {
  /** Where each link leads, by folder. */
  readonly links: Array<Map<string, string>> = [0, 1].map(
    () => new Map(LINKS.map((name, at) => [name, DOCUMENTS[at] ?? ""])),
  );
  readonly disconnected: Set<ConnectionName> = new Set();
  /** Connections that the configuration does not have. */
  readonly forgotten: Set<ConnectionName> = new Set();
  ttlMinutes: number;
  isWanted = true;
  /** How often somebody was asked for a token since the last call of `takePrompts`. */
  #prompts = 0;
  /** Questions that nobody has answered yet. */
  readonly #waiting: Question[] = [];
  #revision = 0;
  #operations: VaultOperationsOfAgent;
  readonly #agent: AgentUnderTest;
  readonly #clock: ModelClock;
  readonly #remote: Remote;

  constructor(
    agent: AgentUnderTest,
    parts: { readonly clock: ModelClock; readonly remote: Remote; readonly ttlMinutes: number },
  ) {
    this.#agent = agent;
    this.#clock = parts.clock;
    this.#remote = parts.remote;
    this.ttlMinutes = parts.ttlMinutes;
    this.#operations = this.#start();
  }

  /** The agent's process ends, and another one starts. */
  restart(): void {
    this.#remote.agents++;
    this.#operations = this.#start();
  }

  /** A file of the configuration was written. */
  changed(): void {
    this.#revision++;
  }

  takePrompts(): number {
    const prompts = this.#prompts;
    this.#prompts = 0;
    return prompts;
  }

  envOf(client: number): Readonly<Record<string, string>> {
    const identity = CLIENTS[client]?.identity;
    return identity === undefined ? {} : { TOKEN: this.#remote.tokenOf(identity) };
  }

  placeOf(client: number): number {
    return CLIENTS[client]?.place ?? 0;
  }

  documentOf(client: number, name: string): string {
    return this.links[this.placeOf(client)]?.get(name) ?? "";
  }

  /** Sends a request as a terminal does: the variables follow only if they are asked for. */
  ask(client: number, operation: Operation, parameters: object, person?: Answer): Promise<Answered> {
    const place = { cwd: `/p${this.placeOf(client)}`, home: "/home", env: {} };
    const once = (more: object): Promise<Message> => {
      const call: Call = new Call((message) => void this.#waiting.push({ call, message, person }));
      return this.#operations.perform(operation, { place, ...parameters, ...more }, call) as Promise<Message>;
    };
    const asked = async (): Promise<Answered> => {
      try {
        const first = await once({});
        if (first["needs"] === undefined) return { answer: first };
        return { answer: await once({ envVariables: variablesFor(first["needs"], this.envOf(client)) }) };
      } catch (error) {
        if (!isSecretError(error)) throw error;
        return { code: error.code, reason: error.details.reason };
      }
    };
    return asked();
  }

  /** Waits until requests were answered; whoever is asked answers once nothing else goes on. Throws where one never is. */
  async settled<Result>(requests: ReadonlyArray<Promise<Result>>): Promise<readonly Result[]> {
    const results = Promise.all(requests);
    const waiting = { isOver: false };
    const end = (): void => void (waiting.isOver = true);
    results.then(end, end);
    for (let round = 0; round < ROUNDS && !waiting.isOver; round++) {
      await this.settle();
      this.#answer(this.#waiting.shift());
    }
    if (!waiting.isOver) throw new Error("G8: a request is never answered");
    return results;
  }

  /** Lets everything run that nothing holds up. */
  async settle(): Promise<void> {
    for (let round = 0; round < 3; round++) await this.#clock.settle();
  }

  #answer(question: Question | undefined): void {
    if (question === undefined) return;
    const { call, message, person } = question;
    const { prompt } = message as Message;
    this.#prompts++;
    if (person === "declined" || person === undefined) return void call.receive({ prompt, declined: true });
    call.receive({ prompt, answer: person === "right" ? this.#remote.tokenOf("cyd") : "vlcanary-wrong" });
  }

  #start(): VaultOperationsOfAgent {
    const source: ConfigurationSource = {
      load: async ({ cwd }) => this.#configuration(Number(cwd.slice(-1))),
      define: async (_name, { options }) => this.#remote.definition(options["url"] as ConnectionName),
      programVariables: [],
    };
    return new this.#agent.VaultOperations(source, this.#clock.manual);
  }

  #configuration(place: number): Configuration {
    const links: Record<string, LinkDefinition> = Object.fromEntries(this.links[place] ?? []);
    const cache: CacheOptions = { ttl: this.ttlMinutes };
    const connections = Object.fromEntries(
      CONNECTIONS.filter((name) => !this.forgotten.has(name)).map((name): [string, ConnectionDefinition] => [
        name,
        { ...this.#remote.definition(name), ...(this.disconnected.has(name) && { disconnected: true }) },
      ]),
    );
    return {
      ...{ files: [], owner: "model", isWanted: this.isWanted, connections, links, cache, notices: [] },
      state: async () => String(this.#revision),
      select: ({ names }) => (names ?? []).map((name) => ({ name, required: true })),
      explain: (error) => error,
    };
  }
}
