import type { Connection } from "../connection/connection.ts";
import type { SessionEnd } from "../connection/end-session.ts";
import type { Plugin } from "../contract/plugin.ts";
import type { Provider } from "../contract/provider.ts";
import type { ConnectionDefinition } from "../types.ts";
import type { Batch } from "./batch.ts";
import type { CallContext } from "./call.ts";

/** A connection with the line its calls go through. */
export interface ConnectionHandle {
  readonly connection: Connection;
  readonly callContext: CallContext;
  readonly batch: Batch;
  /** Calls that are using it. */
  users: number;
}

/** One connection's name, what it was configured with, and the connections made of it: one per environment. */
export class NamedConnection {
  readonly name: string;
  readonly source: Provider | ConnectionDefinition;
  disconnected: boolean;
  /** How often it was disconnected. */
  disconnects = 0;
  /** What became of the credentials of connections that others have replaced. */
  remoteEnd: Promise<SessionEnd> = Promise.resolve({ remote: "nothing-to-revoke" });
  provider: Provider | undefined;
  plugin: Plugin | undefined;
  /** The import that is under way. */
  loading: Promise<Plugin> | undefined;
  /** The connection of the vault's own environment. */
  current: ConnectionHandle | undefined;
  /** What it is configured with: two of one name and definition are one connection. */
  readonly definition: string;
  /** Those of this name, whatever their definition, by fingerprint, the least recently used first. */
  readonly handles: Map<string, ConnectionHandle>;

  constructor(
    name: string,
    source: Provider | ConnectionDefinition,
    about: { readonly definition: string; readonly handles: Map<string, ConnectionHandle> },
  ) {
    this.name = name;
    this.source = source;
    this.definition = about.definition;
    this.handles = about.handles;
    this.disconnected = "load" in source && source.disconnected === true;
  }

  /** Those of its definition: one per environment. */
  get own(): readonly ConnectionHandle[] {
    return [...this.handles.values()].filter(({ connection }) => connection.about.definition === this.definition);
  }

  get providerName(): string {
    return "load" in this.source ? this.source.provider : this.source.name;
  }
}
