import { isSecretError, SecretError, withLinkName } from "../errors/secret-error.ts";
import { expectText, Links } from "../links.ts";
import type { SecretValue } from "../secret-value.ts";
import { SampledClock, systemClock } from "../time/clock.ts";
import type { Env, GetOptions, LinkDefinition, ResetScope, UseOptions, Vault } from "../types.ts";
import type { ValuesOf } from "../value-changes.ts";
import type { VaultStatus } from "../vault-status.ts";
import { namesOf, type ReadNames, RefusedLogins, use, valuesOf, valuesOrThrow } from "./use.ts";

/** A vault that reads through the user's agent, in development: `createVault({ agent: true })`. */
export interface AgentVaultOptions {
  readonly agent: true;
  /** Links of this program, in its memory only; they hide those of the configuration. */
  readonly links?: Readonly<Record<string, LinkDefinition>>;
  /** Where the agent is found, and what connections are lent. @default process.env */
  readonly env?: Env;
  /** The folder from which the project's file is looked for. @default the working directory */
  readonly cwd?: string;
}

/**
 * What a program can do through the user's agent. Connections, links and the cache's settings are those of the user's
 * configuration and of the project's file, as for the `vaultlink` command; sessions and the cache are the agent's.
 */
export interface AgentVault
  extends
    AsyncDisposable,
    Pick<Vault, "get" | "getMany" | "link" | "relink" | "unlink" | "use" | "reauthenticate" | "disconnect" | "logout"> {
  /** As `Vault.reset`, in the agent: for all who use it. */
  reset(scope?: ResetScope): Promise<number>;
  /** As `Vault.status`, of the configuration; links of this program are not in it. */
  status(): Promise<VaultStatus>;
  /** Ends the connection to the agent; what the agent holds stays. */
  close(): Promise<void>;
}

/** What `@vaultlink/agent` gives. */
export type AgentAccess = Pick<Vault, "getMany" | "reauthenticate" | "disconnect" | "logout"> &
  Pick<AgentVault, "reset" | "status" | "close">;

/** How `@vaultlink/agent` is asked for it. */
export type OpenAgentAccess = (options: { readonly env: Env; readonly cwd: string }) => Promise<AgentAccess>;

/** Whether options are for an agent. Throws `invalid_config` for those that an agent cannot take. */
export function isForAgent(options: object): options is AgentVaultOptions {
  if (!("agent" in (options ?? {})) || (options as { readonly agent: unknown }).agent !== true) return false;
  const other = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (other === undefined) return true;
  throw new SecretError(
    "invalid_config",
    "With agent: true, connections and settings are those of the configuration.",
    {
      hint: `Pass ${OPTIONS.join(", ")} only`,
    },
  );
}

const OPTIONS: readonly string[] = ["agent", "links", "env", "cwd"] satisfies (keyof AgentVaultOptions)[];

/** Links in memory over the vault of an agent, which is looked for at the first use. */
export class LinkedAgentVault implements AgentVault {
  readonly #links: Links;
  readonly #openAccess: () => Promise<AgentAccess>;
  readonly #refused = new RefusedLogins(new SampledClock(systemClock()));
  /** Names of the configuration that this program forgot. */
  readonly #forgotten = new Set<string>();
  #access: Promise<AgentAccess> | undefined;
  #isClosed = false;

  constructor(
    { links = {}, env = process.env, cwd = process.cwd() }: AgentVaultOptions,
    open: OpenAgentAccess = openAccess,
  ) {
    this.#links = new Links(links);
    this.#openAccess = () => open({ env, cwd });
  }

  async get(name: string, options: GetOptions = {}): Promise<SecretValue> {
    const [outcome] = await this.getMany([name], options);
    if (outcome?.status !== "fulfilled") throw outcome?.reason;
    return outcome.value;
  }

  async getMany(names: readonly string[], options: GetOptions = {}): Promise<Array<PromiseSettledResult<SecretValue>>> {
    const given: unknown = names;
    if (!Array.isArray(given)) throw new SecretError("invalid_config", "getMany takes a list of names.");
    const wanted = await Promise.allSettled(names.map(async (name) => this.#wanted(name)));
    const asked = wanted.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const outcomes = await this.#ask(async (access) => access.getMany(asked, options), asked);
    let at = 0;
    return wanted.map((one, index) => {
      const outcome = one.status === "fulfilled" ? outcomes[at++] : one;
      if (outcome?.status === "fulfilled") return outcome;
      return { status: "rejected", reason: this.#about(names[index], outcome?.reason) };
    });
  }

  link(name: string, definition: LinkDefinition): void {
    this.#links.expectNew(name);
    this.#links.set(name, definition);
    this.#forgotten.delete(name);
  }

  async relink(
    name: string,
    reference: string,
    { verify = true, ...options }: GetOptions & { readonly verify?: boolean } = {},
  ): Promise<void> {
    const { error } = new Links({ [name]: reference }).expect(name);
    if (error !== undefined) throw withLinkName(error, name, undefined);
    if (verify) {
      const [outcome] = await this.getMany([reference], { ...options, refresh: true });
      if (outcome?.status !== "fulfilled") throw this.#about(name, outcome?.reason);
    }
    this.#links.relink(name, reference);
    this.#forgotten.delete(name);
  }

  unlink(name: string): void {
    this.#links.delete(name);
    this.#forgotten.add(name);
  }

  async use<const Names extends string | readonly string[], Result>(
    names: Names,
    fn: (value: ValuesOf<Names>) => Result | Promise<Result>,
    options: UseOptions = {},
  ): Promise<Result> {
    const list = namesOf(names);
    const read: ReadNames = async (before) =>
      valuesOrThrow(await this.getMany(list, before === undefined ? options : { ...options, refresh: true }));
    return use(list, { read, refused: this.#refused }, async (values) => fn(valuesOf(names, values)), options);
  }

  reset(scope?: ResetScope): Promise<number> {
    return this.#ask((access) =>
      access.reset(scope && "name" in scope ? { name: this.#documentOf(scope.name) } : scope),
    );
  }

  reauthenticate(...given: Parameters<Vault["reauthenticate"]>): ReturnType<Vault["reauthenticate"]> {
    return this.#ask((access) => access.reauthenticate(...given));
  }

  disconnect(connection: string): ReturnType<Vault["disconnect"]> {
    return this.#ask((access) => access.disconnect(connection));
  }

  logout(connection: string): ReturnType<Vault["logout"]> {
    return this.#ask((access) => access.logout(connection));
  }

  status(): Promise<VaultStatus> {
    return this.#ask((access) => access.status());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const access = await this.#access?.catch(() => undefined);
    await access?.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** What the agent is asked for: a reference of ours, else the name. Throws why it may not be. */
  #wanted(name: string): string {
    expectText(name);
    const link = this.#links.get(name);
    if (link === undefined && !this.#forgotten.has(name)) return name;
    const own = link ?? this.#links.expect(name);
    own.expectEnabled();
    return own.expectReference();
  }

  /** What a reset of a name is for: of a link of ours that leads somewhere, its reference. */
  #documentOf(name: string): string {
    const link = this.#links.get(name);
    return link?.enabled === true && link.error === undefined ? (link.reference ?? name) : name;
  }

  /** A failure, with the name of the link it is about. */
  #about(name: string | undefined, thrown: unknown): SecretError {
    const connection = isSecretError(thrown) ? thrown.details.connection : undefined;
    const isOurs = name !== undefined && this.#links.get(name) !== undefined;
    return isOurs || !isSecretError(thrown) ? withLinkName(thrown, isOurs ? name : undefined, connection) : thrown;
  }

  async #ask<Answer>(
    work: (access: AgentAccess) => Promise<Answer>,
    needed: readonly unknown[] = [1],
  ): Promise<Answer> {
    if (this.#isClosed) throw new SecretError("aborted", "The vault was closed.");
    if (needed.length === 0) return [] as Answer;
    this.#access ??= this.#openAccess();
    try {
      return await work(await this.#access);
    } catch (thrown) {
      // An agent that is started later is found by the next call.
      if (isSecretError(thrown) && thrown.details.reason === "no-agent") this.#access = undefined;
      throw thrown;
    }
  }
}

/** A package that only programs need which read through an agent: core itself does not depend on it. */
const AGENT = "@vaultlink/agent";

async function openAccess(options: Parameters<OpenAgentAccess>[0]): Promise<AgentAccess> {
  let module: { readonly openAgentAccess?: OpenAgentAccess };
  try {
    module = (await import(AGENT)) as typeof module;
  } catch {
    throw new SecretError("invalid_config", `createVault({ agent: true }) needs the package ${AGENT}.`, {
      hint: `npm install --save-dev ${AGENT}`,
    });
  }
  if (module.openAgentAccess === undefined) {
    throw new SecretError("invalid_config", `The installed version of ${AGENT} is another than that of core.`, {
      hint: `npm install --save-dev ${AGENT}@latest`,
    });
  }
  return module.openAgentAccess(options);
}
