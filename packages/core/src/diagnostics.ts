import { type Channel, channel, subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ErrorCode } from "./errors/codes.ts";

/** What an event may contain. Never a path, a name of a secret, an identity or a value. */
export interface Diagnostic {
  readonly connection: string;
  readonly provider: string;
  readonly code?: ErrorCode | undefined;
  readonly source?: "vault" | "cache" | "stale" | undefined;
  readonly state?: string | undefined;
  readonly attempt?: number | undefined;
  readonly items?: number | undefined;
  /** Ms. */
  readonly durationMs?: number | undefined;
}

/** What is published, each on the channel `vaultlink:` and its name. */
export interface Diagnostics {
  /** A call for documents ended. */
  readonly read: Diagnostic;
  /** A login ended. */
  readonly open: Diagnostic;
  /** A connection is in another state. */
  readonly state: Diagnostic;
  /** A value was served by the cache. */
  readonly cache: Diagnostic;
  /** A call is repeated. */
  readonly retry: Diagnostic;
  /** A read made the vault create a credential. */
  readonly created: Diagnostic;
  /** A connection's credentials were renewed, or replaced before they expired. */
  readonly renewed: Diagnostic;
  /** A read found another version of a document than the one that was kept. */
  readonly rotated: Diagnostic;
  /** A connection's credentials have expired, or the vault accepts them no longer. */
  readonly expired: Diagnostic;
  /** A connection was disconnected by its user. */
  readonly disconnected: Diagnostic;
}

type Name = keyof Diagnostics;

/** The one list of them. */
const NAMES: Readonly<Record<Name, true>> = {
  ...{ read: true, open: true, state: true, cache: true, retry: true },
  ...{ created: true, renewed: true, rotated: true, expired: true, disconnected: true },
};

const channels = Object.fromEntries(Object.keys(NAMES).map((name) => [name, channel(`vaultlink:${name}`)])) as Readonly<
  Record<Name, Channel>
>;

/** Calls `listener` with all that is published, and its kind, until the returned function is called. */
export function followDiagnostics(listener: (kind: string, diagnostic: Diagnostic) => void): () => void {
  const ends = Object.keys(NAMES).map((kind) => {
    const told = (message: unknown): void => listener(kind, message as Diagnostic);
    subscribe(`vaultlink:${kind}`, told);
    return () => void unsubscribe(`vaultlink:${kind}`, told);
  });
  return () => {
    for (const end of ends) end();
  };
}

/** Whether a channel has subscribers. Avoids allocating a closure on a hit. */
export function hasSubscribers(name: Name): boolean {
  return channels[name].hasSubscribers;
}

/** Publishes on `node:diagnostics_channel`; `diagnostic` is called only if there are subscribers. */
export function publish(name: Name, diagnostic: () => Diagnostic): void {
  const at = channels[name];
  if (at.hasSubscribers) at.publish(diagnostic());
}
