import type { WithinDeadline } from "../async/deadline.ts";
import type { Connection } from "../connection/connection.ts";
import { type SessionEnd, worstEnd } from "../connection/end-session.ts";
import type { Plugin } from "../contract/plugin.ts";
import type { ParsedIdentifier, Provider } from "../contract/provider.ts";
import type { ConnectionDefinition } from "../types.ts";
import type { Batch } from "./batch.ts";
import type { CallContext } from "./call.ts";
import { loadPlugin, makeProvider } from "./load-provider.ts";

/** How many connections that are not in use are kept per name: callers with different credentials may alternate. */
const MAX_PER_NAME = 4;

/** A connection, what its calls go through, and how many callers use it. */
export class ConnectionHandle {
  readonly connection: Connection;
  readonly callContext: CallContext;
  readonly batch: Batch;
  #users = 0;

  constructor(connection: Connection, callContext: CallContext, batch: Batch) {
    this.connection = connection;
    this.callContext = callContext;
    this.batch = batch;
  }

  get inUse(): boolean {
    return this.#users > 0;
  }

  /** A caller starts to use it. Returns a function to call once, when it no longer does. */
  acquire(): () => void {
    this.#users++;
    return () => void this.#users--;
  }

  /** Whether it has a session, or is getting one. */
  get serves(): boolean {
    return this.connection.live() !== undefined || this.connection.state.phase === "opening";
  }
}

/** One connection's name, what it was configured with, and the connections made from it: one per environment. */
export class NamedConnection {
  readonly name: string;
  readonly source: Provider | ConnectionDefinition;
  readonly #handles = new Map<string, ConnectionHandle>();
  #current: ConnectionHandle | undefined;
  #disconnected: boolean;
  #disconnects = 0;
  #replacedEnd: Promise<SessionEnd> = Promise.resolve({ remote: "nothing-to-revoke" });
  #provider: Provider | undefined;
  #plugin: Plugin | undefined;
  #loading: Promise<Plugin> | undefined;

  constructor(name: string, source: Provider | ConnectionDefinition) {
    this.name = name;
    this.source = source;
    this.#disconnected = "load" in source && source.disconnected === true;
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

  /** All connections, the least recently used first. */
  get handles(): Iterable<ConnectionHandle> {
    return this.#handles.values();
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

  /** Its user disconnected it. Returns what became of the credentials of replaced connections; a revocation is reported once. */
  disconnect(): Promise<SessionEnd> {
    this.#disconnected = true;
    this.#disconnects++;
    const ended = this.#replacedEnd;
    this.#replacedEnd = ended.then((end) => (end.remote === "revoked" ? { remote: "nothing-to-revoke" } : end));
    return ended;
  }

  /** Its user signed in again. */
  reconnect(): void {
    this.#disconnected = false;
  }

  /** The connection for a fingerprint, made if there is none; it becomes the most recently used. */
  handle(fingerprint: string, make: () => ConnectionHandle): ConnectionHandle {
    const handle = this.#handles.get(fingerprint) ?? make();
    this.#handles.delete(fingerprint);
    this.#handles.set(fingerprint, handle);
    return handle;
  }

  /** The least recently used connections above the limit, apart from those in use and the vault's own. */
  surplus(): ConnectionHandle[] {
    const unused = [...this.handles].filter((handle) => handle !== this.#current && !handle.inUse);
    return unused.slice(0, Math.max(0, this.#handles.size - MAX_PER_NAME));
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
    this.#provider ??= await ("load" in source ? wait(() => this.#makeProvider(source)) : source);
    return this.#provider;
  }

  /** What it makes of a vault's own identifier, loading the plugin and, if that parses none, the provider. */
  async parseIdentifier(identifier: string): Promise<ParsedIdentifier | undefined> {
    const { source } = this;
    if ("load" in source) {
      const plugin = await this.#loadPlugin(source);
      if (plugin.parseIdentifier === undefined) await this.loadProvider();
    }
    return this.parseIdentifierNow(identifier);
  }

  /** As `parseIdentifier`, with what is loaded already. */
  parseIdentifierNow(identifier: string): ParsedIdentifier | undefined {
    const { source } = this;
    // The plugin is asked first, since it is loaded earlier.
    const provider = "load" in source ? this.#provider : source;
    const parser = this.#plugin?.parseIdentifier === undefined ? provider : this.#plugin;
    const parsed = parser?.parseIdentifier?.(identifier);
    return parsed !== undefined && hasOptions(source, parsed) ? parsed : undefined;
  }

  async #makeProvider(source: ConnectionDefinition): Promise<Provider> {
    return makeProvider(this.name, await this.#loadPlugin(source), source);
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

/** Whether a connection's options are those that an identifier needs, as far as they are set. */
function hasOptions(source: Provider | ConnectionDefinition, { where = {} }: ParsedIdentifier): boolean {
  const options = "load" in source ? source.options : {};
  return Object.entries(where).every(([name, value]) => options[name] === undefined || options[name] === value);
}
