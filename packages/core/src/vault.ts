import { SecretError, withLinkName } from "./errors/secret-error.ts";
import { stateError } from "./connection/state.ts";
import { withinDeadline } from "./async/deadline.ts";
import type { ListEntry, ListQuery } from "./contract/provider.ts";
import { sequenceOf, type SecretValue } from "./secret-value.ts";
import { ttlMs } from "./settings.ts";
import type {
  CloseOptions,
  Disconnected,
  Env,
  GetOptions,
  LinkDefinition,
  ListOptions,
  OpenOptions,
  ResetScope,
  UseOptions,
  Vault,
  VaultOptions,
  ViewOptions,
} from "./types.ts";
import type { LinkChange, RotatingOptions, ValuesOf, Watch, WatchOptions } from "./value-changes.ts";
import type { VaultStatus } from "./vault-status.ts";
import { createInternals, deadlineOf, forgetFailures, resolveOptions, type VaultInternals } from "./vault/internals.ts";
import { cached, settledMany } from "./vault/cached.ts";
import { closeVault } from "./vault/close.ts";
import { list } from "./vault/list.ts";
import { link, relink, type RelinkOptions, unlink } from "./vault/links.ts";
import { type AgentVault, type AgentVaultOptions, isForAgent, LinkedAgentVault } from "./vault/agent-vault.ts";
import { knownDocument, locate, locateInactive } from "./vault/locate.ts";
import { disconnect, logout, reset } from "./vault/invalidate.ts";
import type { LinkTarget } from "./links.ts";
import { recordAccess } from "./vault/access.ts";
import { namesOf, type ReadNames, use, valuesOf, valuesOrThrow } from "./vault/use.ts";
import { type ReadName, sourceOf, type ValueSource, versionOfName } from "./vault/value-source.ts";
import { rotating, watch } from "./vault/watch.ts";
import { statusOf } from "./vault/status.ts";

/**
 * Creates a vault: everything one user has linked, behind one cache. Opens nothing; sessions open at the first read.
 * With `agent: true`, for development, it reads through the user's agent instead. Throws `invalid_config` for invalid options.
 */
export function createVault(options: AgentVaultOptions): AgentVault;
export function createVault(options: VaultOptions): Vault;
export function createVault(options: VaultOptions | AgentVaultOptions): Vault | AgentVault {
  return isForAgent(options) ? new LinkedAgentVault(options) : new LinkedVault(createInternals(options));
}

/** The version that a name has now, where its vault tells one; no value is read. Rejects with a `SecretError`. */
export let versionOf: (vault: Vault, name: string, options: GetOptions) => Promise<string | undefined>;

class LinkedVault implements Vault {
  readonly #internals: VaultInternals;
  /** A view shares the connections and the cache of another vault: they outlive it. */
  readonly #isView: boolean;
  #closing: Promise<void> | undefined;

  constructor(internals: VaultInternals, isView = false) {
    this.#internals = internals;
    this.#isView = isView;
  }

  get(name: string, options?: GetOptions): Promise<SecretValue> {
    // The fast path of a hit: synchronous but for the promise.
    try {
      const value = options === undefined ? cached(this.#internals, name) : undefined;
      return value === undefined ? this.#get(name, options ?? {}) : Promise.resolve(value);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  getMany(names: readonly string[], options?: GetOptions): Promise<Array<PromiseSettledResult<SecretValue>>> {
    const given: unknown = names;
    if (!Array.isArray(given)) {
      return Promise.reject(new SecretError("invalid_config", "getMany takes a list of names."));
    }
    return settledMany(names, {
      cached: (name) => (options === undefined ? cached(this.#internals, name) : undefined),
      get: (name, newerThan) => this.#get(name, options ?? {}, newerThan),
      documentOf: this.#documentOf,
    });
  }

  async use<const Names extends string | readonly string[], Result>(
    names: Names,
    fn: (value: ValuesOf<Names>) => Result | Promise<Result>,
    options: UseOptions = {},
  ): Promise<Result> {
    const { refusedLogins: refused } = this.#open();
    const wanted = namesOf(names);
    const read: ReadNames = async (before) => {
      const seen = new Map(before?.map((value, index) => [wanted[index], sequenceOf(value)]));
      const get = (name: string, newerThan = seen.get(name)): Promise<SecretValue> =>
        this.#get(name, options, newerThan);
      return valuesOrThrow(await settledMany(wanted, { cached: () => undefined, get, documentOf: this.#documentOf }));
    };
    return use(wanted, { read, refused }, (values) => fn(valuesOf(names, values)), options);
  }

  async rotating<const Names extends string | readonly string[]>(
    names: Names,
    apply: (value: ValuesOf<Names>) => void | Promise<void>,
    options: RotatingOptions = {},
  ): Promise<Watch> {
    return rotating(this.#source, namesOf(names), (values) => apply(valuesOf(names, values)), options);
  }

  watch(name: string, fn: (change: LinkChange) => void | Promise<void>, options: WatchOptions = {}): Watch {
    return watch(this.#source, name, fn, options);
  }

  async connectionOf(name: string, options: GetOptions = {}): Promise<string> {
    const { links, registry } = this.#open();
    const wait = deadlineOf(this.#internals, resolveOptions(this.#internals, options));
    try {
      return registry.expect((await locateInactive(name, links, registry, wait)).connection).name;
    } catch (error) {
      throw withLinkName(error, links.get(name) && name, undefined);
    }
  }

  list(connection: string, query: Partial<ListQuery> = {}, options: ListOptions = {}): AsyncIterable<ListEntry> {
    return list(this.#open(), connection, query, options);
  }

  link(name: string, definition: LinkDefinition): void {
    link(this.#open(), name, definition);
  }

  async relink(name: string, reference: string, options: RelinkOptions = {}): Promise<void> {
    await relink(this.#open(), name, reference, options);
  }

  unlink(name: string): void {
    unlink(this.#open(), name);
  }

  reset(scope?: ResetScope): number {
    return reset(this.#open(), scope);
  }

  async reauthenticate(name: string, options: OpenOptions = {}): Promise<{ readonly identity?: string }> {
    const { registry } = this.#open();
    const named = registry.expect(name, "caller");
    try {
      const { clock, settings } = this.#internals;
      const wait = withinDeadline(clock, settings.interactiveOpenMs, options.signal);
      const { disconnects } = named;
      const { credentials } = options;
      const provider = credentials && (await wait(() => named.loadProviderWith(credentials)));
      const manner = { wait, anew: true, ...(options.env && { env: options.env }) };
      return await registry.use(named, manner, async (handle) => {
        // A disconnect while the provider was being loaded came later, and wins.
        if (named.disconnects !== disconnects) throw stateError(name, { phase: "disconnected", onDemand: false });
        const { vaultIdentity: identity } = await handle.connection.reauthenticate({ ...options, provider });
        registry.adopt(named, handle, options.env);
        named.reconnect();
        forgetFailures(this.#internals, name);
        return identity === undefined ? {} : { identity };
      });
    } catch (error) {
      throw withLinkName(error, name, name);
    }
  }

  async disconnect(name: string): Promise<Disconnected> {
    return disconnect(this.#open(), name);
  }

  async logout(name: string): Promise<Disconnected> {
    return logout(this.#open(), name);
  }

  async envVariables(name: string): Promise<readonly string[]> {
    const { clock, registry, settings } = this.#open();
    try {
      const wait = withinDeadline(clock, settings.deadlineMs, undefined);
      return (await registry.expect(name, "caller").loadProvider(wait)).envVariables ?? [];
    } catch (error) {
      throw withLinkName(error, undefined, name);
    }
  }

  view(options: ViewOptions): Vault {
    return new LinkedVault(this.#open().view(options), true);
  }

  setTtl(ttl: number | string): void {
    this.#open().cache.store.setTtl(ttlMs(ttl));
  }

  status({ env }: { readonly env?: Env } = {}): VaultStatus {
    return statusOf(this.#internals, env);
  }

  close({ leases = "end" }: CloseOptions = {}): Promise<void> {
    this.#closing ??= closeVault(this.#internals, { isView: this.#isView, keepsLeases: leases === "leave" });
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  readonly #documentOf = (name: string): string | undefined =>
    knownDocument(name, this.#internals.links, this.#internals.registry);

  readonly #read: ReadName = (name, { newerThan, signal } = {}) => this.#get(name, signal ? { signal } : {}, newerThan);

  /** As `get`; with `newerThan`, only what was read after that sequence number counts. */
  async #get(name: string, options: GetOptions, newerThan?: number): Promise<SecretValue> {
    const { failures, links, registry, resolver } = this.#internals;
    const seq = failures.begin();
    const asked = links.get(name);
    let target: LinkTarget | undefined;
    try {
      const newer = newerThan !== undefined && { minSequence: newerThan, keepsLeases: true };
      const call = { ...resolveOptions(this.#open(), options), ...newer };
      target = await locate(name, links, registry, deadlineOf(this.#internals, call));
      const value = await resolver.resolve(target, call);
      recordAccess(this.#internals, { name, target, env: options.env }, value);
      if (asked !== undefined && links.get(name) === asked) failures.ended(name, seq);
      return value;
    } catch (thrown) {
      // An unknown name may be a pasted secret: only a link's name is repeated.
      const known = links.get(name) === undefined ? undefined : name;
      const error = withLinkName(thrown, known, target?.connection);
      recordAccess(this.#internals, { name, target, env: options.env }, error);
      // The connection itself reports that a login is needed, for as long as it is.
      const transient = error.code === "aborted" || error.code === "unauthenticated";
      // Ignored if the name was relinked in the meantime.
      if (known !== undefined && !transient && links.get(known) === asked) failures.ended(known, seq, error);
      throw error;
    }
  }

  get #source(): ValueSource<LinkTarget> {
    return sourceOf(this.#open(), this.#read);
  }

  static {
    versionOf = async (vault, name, options) => versionOfName((vault as LinkedVault).#open(), name, options);
  }

  #open(): VaultInternals {
    if (this.#closing !== undefined) throw new SecretError("aborted", "The vault was closed.");
    return this.#internals;
  }
}
