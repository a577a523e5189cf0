import type { Connection } from "../connection/connection.ts";
import type { LiveSession } from "../connection/session.ts";
import type { LinkTarget } from "../links.ts";
import type { ConnectionHandle } from "./connection-handle.ts";

/** The cache key of a target's document under a session. */
export function keyFor(target: LinkTarget, { connection }: ConnectionHandle, live: LiveSession): string {
  return target.cachedKey(live) ?? target.cacheKey(live, makeKey(connection, live.identity, target));
}

/** Configuration, identity and document; never the name of the link, never the field. */
export function makeKey(connection: Connection, identity: string, target: LinkTarget): string {
  return scopeOf(connection, identity) + target.canonical;
}

/** What all keys of one connection and one identity begin with. */
export function scopeOf({ fingerprint }: Connection, identity: string): string {
  return `${fingerprint}.${identity.length}:${identity}.`;
}
