import {
  type Disconnected,
  type GetOptions,
  isSecretError,
  type ListEntry,
  type ListOptions,
  type ListQuery,
  type OpenOptions,
  type Prompter,
  type ResetScope,
  SecretError,
  SecretValue,
  type VaultStatus,
} from "@vaultlink/core";
import { agentPlace, commandPlace } from "../place.ts";
import type { Prompt } from "../protocol/call.ts";
import { fromWireError } from "../protocol/error.ts";
import type { Message } from "../protocol/frame.ts";
import { AgentClient } from "./client.ts";
import { type AskOptions, OLDER_AGENT } from "./session.ts";

/** A connection that the configuration is about to get, as the agent opens it. */
export interface Proposed {
  readonly provider: string;
  readonly maxSession?: number;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface SignInOptions extends OpenOptions {
  /** Not where another program has signed in meanwhile. */
  readonly ifNeeded?: boolean;
}

/** The vault of the user's agent. */
export class AgentAccess {
  /** A sign-in lasts beyond the program that asked for it. */
  readonly keepsSessions = true;
  readonly #client: AgentClient;

  constructor(client: AgentClient) {
    this.#client = client;
  }

  /** Which names may be asked for was checked by whoever asks. */
  async getMany(
    names: readonly string[],
    { signal, refresh, allowStale, deadlineMs, env }: GetOptions = {},
  ): Promise<Array<PromiseSettledResult<SecretValue>>> {
    if (names.length === 0) return [];
    const request = { names, anyDomain: true, refresh, deadlineMs, refuseStale: allowStale === false };
    const { items } = await this.#client.ask("resolve", request, { signal, env });
    return (items as readonly Message[]).map(outcomeOf);
  }

  /**
   * What the vault calls the current version of a name, asked for without its value; `undefined` where it tells none, and
   * where the agent is too old to be asked.
   */
  async version(name: string, { signal, deadlineMs, env }: GetOptions = {}): Promise<string | undefined> {
    try {
      const { version } = await this.#client.ask("version", { name, deadlineMs }, { signal, env });
      return typeof version === "string" ? version : undefined;
    } catch (error) {
      if (isSecretError(error) && error.details.reason === OLDER_AGENT) return undefined;
      throw error;
    }
  }

  /** Reads the new reference from the vault. The link itself is in the configuration, which the agent reads. */
  async relink(_name: string, reference: string, options: GetOptions = {}): Promise<void> {
    const [outcome] = await this.getMany([reference], { ...options, refresh: true });
    if (outcome?.status === "rejected") throw outcome.reason;
  }

  reauthenticate(connection: string, options: SignInOptions = {}): Promise<{ readonly identity?: string }> {
    return this.signIn(connection, options);
  }

  /** Opens a connection, maybe one that is not in the configuration yet. */
  async signIn(
    connection: string,
    {
      prompter,
      signal,
      credentials,
      ifNeeded,
      useFound,
      proposed,
    }: SignInOptions & { readonly proposed?: Proposed | undefined },
  ): Promise<{ readonly identity?: string }> {
    const request = { connection, interactive: prompter !== undefined, ifNeeded, useFound, credentials, proposed };
    const { identity } = await this.#client.ask("open", request, { signal, ...(prompter && answering(prompter)) });
    return typeof identity === "string" ? { identity } : {};
  }

  /** What a connection offers; without a person, a connection that nobody signed in to is not listed. */
  async *list(
    connection: string,
    { prefix }: Partial<ListQuery> = {},
    { signal, deadlineMs }: ListOptions = {},
  ): AsyncGenerator<ListEntry, void, undefined> {
    const parts = this.#client.askInParts("list", { connection, prefix, deadlineMs }, { signal });
    for await (const { entries } of parts) yield* entries as readonly ListEntry[];
  }

  async disconnect(connection: string): Promise<Disconnected> {
    return (await this.#client.ask("disconnect", { connection })) as unknown as Disconnected;
  }

  /** Ends one's own credentials of a connection, or of all. */
  async logout(connection: string | undefined): Promise<ReadonlyArray<Disconnected & { readonly connection: string }>> {
    const { connections } = await this.#client.ask("logout", { connection });
    return connections as ReadonlyArray<Disconnected & { readonly connection: string }>;
  }

  /** Drops cached values; returns how many. */
  async reset(scope?: ResetScope): Promise<number> {
    return Number((await this.#client.ask("reset", scope ?? {}))["dropped"]);
  }

  async status(): Promise<VaultStatus> {
    return (await this.#client.ask("status")) as unknown as VaultStatus;
  }

  /** Calls back when something happened to connections or values, until the signal aborts. */
  async follow(changed: () => void, signal: AbortSignal): Promise<void> {
    await this.#client.ask("events", {}, { signal, onEvent: changed });
  }

  /** Has the agent read the configuration as it is now. */
  async reload(): Promise<void> {
    await this.#client.ask("ttl");
  }

  async close(): Promise<void> {
    this.#client.close();
  }
}

function outcomeOf({ ok, b64, error, ...item }: Message): PromiseSettledResult<SecretValue> {
  if (ok !== true || typeof b64 !== "string") return { status: "rejected", reason: fromWireError(error) };
  const { name: _name, required: _required, ...provenance } = item;
  const value = new SecretValue(Buffer.from(b64, "base64"), provenance as unknown as SecretValue["provenance"]);
  return { status: "fulfilled", value };
}

/** The person, as the agent reaches them. */
function answering(prompter: Prompter): AskOptions {
  return {
    async onPrompt(prompt: Prompt) {
      if ("ask" in prompt) return prompter.ask(prompt.ask);
      if ("openUrl" in prompt) await prompter.open(prompt.openUrl.url);
      else prompter.show(prompt.show.text);
      return "";
    },
  };
}

/**
 * The vault of the user's running agent, for a program that reads through it. Throws `unavailable`, with the command that
 * starts one, where none runs, and `invalid_config` for what stands in its place.
 */
export async function openAgentAccess(about: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}): Promise<AgentAccess> {
  const { env, cwd } = about;
  const { platform } = process;
  const home = env["HOME"] ?? process.getBuiltinModule("node:os").homedir();
  const place = agentPlace({ env, platform, home, uid: process.getuid?.() });
  const client = await AgentClient.open({ place, env, commandPlace: commandPlace({ cwd, env, home }) });
  if (client !== undefined) return new AgentAccess(client);
  throw new SecretError("unavailable", "No agent runs that this program could read through.", {
    ...{ reason: "no-agent", hint: "vaultlink agent start" },
  });
}
