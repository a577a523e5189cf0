import { type AgentClient, type AskOptions, fromWireError, type Message, type Prompt } from "@vaultlink/agent";
import { type Disconnected, type GetOptions, type Prompter, SecretValue, type VaultStatus } from "@vaultlink/core";
import type { SignInOptions, VaultAccess } from "../vault/access.ts";

/** A connection that the configuration is about to get, as the agent opens it. */
export interface Proposed {
  readonly provider: string;
  readonly maxSession?: number;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a cache reset, or ending credentials, covers. */
export type Scope = { readonly connection: string } | { readonly name: string };

/** The vault of the user's agent. */
export class AgentVault implements VaultAccess {
  readonly #client: AgentClient;

  constructor(client: AgentClient) {
    this.#client = client;
  }

  /** Which names may be asked for was checked by whoever asks. */
  async getMany(
    names: readonly string[],
    { signal, refresh, allowStale, deadlineMs }: GetOptions = {},
  ): Promise<Array<PromiseSettledResult<SecretValue>>> {
    if (names.length === 0) return [];
    const request = { names, anyDomain: true, refresh, deadlineMs, refuseStale: allowStale === false };
    const { items } = await this.#client.ask("resolve", request, { signal });
    return (items as readonly Message[]).map(outcomeOf);
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

  async disconnect(connection: string): Promise<Disconnected> {
    return (await this.#client.ask("disconnect", { connection })) as unknown as Disconnected;
  }

  /** Ends one's own credentials of a connection, or of all. */
  async logout(connection: string | undefined): Promise<ReadonlyArray<Disconnected & { readonly connection: string }>> {
    const { connections } = await this.#client.ask("logout", { connection });
    return connections as ReadonlyArray<Disconnected & { readonly connection: string }>;
  }

  /** Drops cached values; returns how many. */
  async reset(scope: Scope | undefined): Promise<number> {
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
