import type { WithinDeadline } from "../async/deadline.ts";
import { type SessionEnd, worstEnd } from "../connection/end-session.ts";
import type { Plugin } from "../contract/plugin.ts";
import type { ParsedIdentifier, Provider } from "../contract/provider.ts";
import { SecretError } from "../errors/secret-error.ts";
import type { ConnectionDefinition } from "../types.ts";
import type { ConnectionHandle } from "./connection-handle.ts";
import type { LoadedProvider } from "./loaded-provider.ts";
import { loadPlugin, makeProvider, type Options, withCredentials } from "./load-provider.ts";

/** How many connections that are not in use are kept per definition: callers with different credentials may alternate. */
const MAX_PER_DEFINITION = 4;

/** One connection's name, what it was configured with, and the connections made from it: one per environment. */
export class NamedConnection {
  readonly name: string;
  readonly source: Provider | ConnectionDefinition;
  /** What it is configured with: two of one name and one definition share their connections. */
  readonly definition: string;
  readonly #handles: Map<string, ConnectionHandle>;
  readonly #loaded: LoadedProvider;
  #current: ConnectionHandle | undefined;
  #disconnected: boolean;
  #disconnects = 0;
  #replacedEnd: Promise<SessionEnd> = Promise.resolve({ remote: "nothing-to-revoke" });
  #plugin: Plugin | undefined;
  #loading: Promise<Plugin> | undefined;

  constructor(
    name: string,
    source: Provider | ConnectionDefinition,
    parts: {
      readonly definition: string;
      /** The connections of this name in all views, by fingerprint, whatever their definition. */
      readonly handles: Map<string, ConnectionHandle>;
      readonly loaded: LoadedProvider;
    },
  ) {
    this.name = name;
    this.source = source;
    this.definition = parts.definition;
    this.#handles = parts.handles;
    this.#loaded = parts.loaded;
    this.#disconnected = "load" in source && source.disconnected === true;
    if (!this.#disconnected) this.#forgetEnded();
  }

  get providerName(): string {
    return "load" in this.source ? this.source.provider : this.source.name;
  }

  /** The connection under the vault's own environment. */
  get current(): ConnectionHandle | undefined {
    return this.#current;
  }

  /** `current`, if it has a session or is getting one. */
  get serving(): ConnectionHandle | undefined {
    return this.#current?.serves === true ? this.#current : undefined;
  }

  /** The connections of its definition, one per environment, the least recently used first. */
  get handles(): readonly ConnectionHandle[] {
    return [...this.#handles.values()].filter(({ connection }) => connection.config.definition === this.definition);
  }

  /** The provider, if this view has loaded it, or another that defines it alike. */
  get provider(): Provider | undefined {
    return this.#loaded.provider;
  }

  get disconnected(): boolean {
    return this.#disconnected;
  }

  /** How often it was disconnected: whoever compares it with an earlier value knows whether that happened in between. */
  get disconnects(): number {
    return this.#disconnects;
  }

  /** What became of the credentials of replaced connections. */
  get replacedEnd(): Promise<SessionEnd> {
    return this.#replacedEnd;
  }

  setCurrent(handle: ConnectionHandle): void {
    this.#current = handle;
  }

  /** Its user disconnected it. */
  disconnect(): void {
    this.#disconnected = true;
    this.#disconnects++;
  }

  /** What became of the credentials of replaced connections; a revocation is reported once. */
  reportReplacedEnd(): Promise<SessionEnd> {
    const ended = this.#replacedEnd;
    this.#replacedEnd = ended.then((end) => (end.remote === "revoked" ? { remote: "nothing-to-revoke" } : end));
    return ended;
  }

  /** Its user signed in again. */
  reconnect(): void {
    this.#disconnected = false;
    this.#forgetEnded();
  }

  /** Takes out the connections of its definition, to be ended by the caller: the next use makes a new one. */
  takeHandles(): readonly ConnectionHandle[] {
    const { handles } = this;
    for (const { connection } of handles) this.#handles.delete(connection.fingerprint);
    return handles;
  }

  /** As `takeHandles`; the vault's own environment has no connection until the next use. */
  logout(): readonly ConnectionHandle[] {
    this.#current = undefined;
    return this.takeHandles();
  }

  /** What a disconnect ended stays so for whoever uses it: each environment gets a new connection at its next use. */
  #forgetEnded(): void {
    for (const { connection } of this.handles) {
      const { state } = connection;
      if (state.phase === "disconnected" && !state.onDemand) this.#handles.delete(connection.fingerprint);
    }
  }

  /** The connection for a fingerprint, if there is one. */
  find(fingerprint: string): ConnectionHandle | undefined {
    return this.#handles.get(fingerprint);
  }

  /** The connection for a fingerprint, made if there is none; it becomes the most recently used. */
  handle(fingerprint: string, make: () => ConnectionHandle): ConnectionHandle {
    const handle = this.#handles.get(fingerprint) ?? make();
    this.#handles.delete(fingerprint);
    this.#handles.set(fingerprint, handle);
    return handle;
  }

  /** The least recently used connections above the limit, apart from those in use and those that `isKept`. */
  surplus(isKept: (handle: ConnectionHandle) => boolean): readonly ConnectionHandle[] {
    if (this.#handles.size <= MAX_PER_DEFINITION) return [];
    const { handles } = this;
    const unused = handles.filter((handle) => !isKept(handle) && !handle.inUse);
    return unused.slice(0, Math.max(0, handles.length - MAX_PER_DEFINITION));
  }

  /** Ends a connection that is replaced or surplus. Settles when it has ended. */
  replace({ connection }: ConnectionHandle): Promise<unknown> {
    this.#handles.delete(connection.fingerprint);
    this.#replacedEnd = Promise.all([this.#replacedEnd, connection.supersede()]).then(worstEnd);
    return this.#replacedEnd;
  }

  /** The provider, loaded at the first use; `wait` bounds the loading for this caller. */
  async loadProvider(wait: WithinDeadline = (work) => work()): Promise<Provider> {
    const { source } = this;
    return (
      this.#loaded.provider ??
      this.#loaded.keep(await ("load" in source ? wait(() => this.#makeProvider(source)) : source))
    );
  }

  /** The provider with credentials that a person gave. Throws `invalid_config` for an option that is no credential. */
  async loadProviderWith(credentials: Options): Promise<Provider> {
    const { name, source } = this;
    if (!("load" in source)) {
      throw new SecretError("invalid_config", "This connection takes no credentials as options.");
    }
    const plugin = await this.#loadPlugin(source);
    return makeProvider(name, plugin, withCredentials(plugin, source.options, credentials));
  }

  /** What it makes of a vault's own identifier, loading the plugin and, if that parses none, the provider. */
  async parseIdentifier(identifier: string): Promise<ParsedIdentifier | undefined> {
    const { source } = this;
    if ("load" in source) {
      const plugin = await this.#loadPlugin(source);
      if (plugin.parseIdentifier === undefined) await this.loadProvider();
      else await source.prepareIdentifier?.(identifier);
    }
    return this.parseIdentifierNow(identifier);
  }

  /** As `parseIdentifier`, with what is loaded already. */
  parseIdentifierNow(identifier: string): ParsedIdentifier | undefined {
    const parsed = this.#parse(identifier);
    return parsed !== undefined && differences(this.source, parsed).length === 0 ? parsed : undefined;
  }

  /** The options in which an identifier, one of this kind of vault, is of another place than the connection. */
  mismatchesNow(identifier: string): readonly string[] {
    const parsed = this.#parse(identifier);
    return parsed === undefined ? [] : differences(this.source, parsed);
  }

  #parse(identifier: string): ParsedIdentifier | undefined {
    const { source } = this;
    // The plugin is asked first, since it is loaded earlier.
    const provider = "load" in source ? this.#loaded.provider : source;
    const parser = this.#plugin?.parseIdentifier === undefined ? provider : this.#plugin;
    return parser?.parseIdentifier?.(identifier);
  }

  async #makeProvider(source: ConnectionDefinition): Promise<Provider> {
    return makeProvider(this.name, await this.#loadPlugin(source), source.options);
  }

  /** Imports the plugin once; an import that failed is repeated at the next use. */
  async #loadPlugin(source: ConnectionDefinition): Promise<Plugin> {
    if (this.#plugin !== undefined) return this.#plugin;
    this.#loading ??= loadPlugin(source);
    try {
      return (this.#plugin = await this.#loading);
    } finally {
      this.#loading = undefined;
    }
  }
}

/** The options in which a connection is not what an identifier needs, as far as they are set. */
function differences(source: Provider | ConnectionDefinition, { where = {} }: ParsedIdentifier): readonly string[] {
  const options = "load" in source ? source.options : {};
  return Object.keys(where).filter((name) => options[name] !== undefined && options[name] !== where[name]);
}
