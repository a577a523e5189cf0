import type { Connection } from "../connection/connection.ts";
import type { LiveSession } from "../connection/session.ts";
import type { LinkTarget } from "../links.ts";
import type { ConnectionHandle } from "./named-connection.ts";

/** The key of a target's document for a session that is there. */
export function keyOf(target: LinkTarget, handle: ConnectionHandle, live: LiveSession): string {
  if (target.cachedKey?.owner === live) return target.cachedKey.key;
  const key = makeKey(handle.connection, live.identity, target);
  target.cachedKey = { owner: live, key };
  return key;
}

/** Configuration, who is asking, which document: never the name of the link, never the field. */
export function makeKey(connection: Connection, identity: string, target: LinkTarget): string {
  return scopeOf(connection, identity) + target.canonical;
}

/** What the keys of one connection and one identity begin with. */
export function scopeOf({ fingerprint }: Connection, identity: string): string {
  return `${fingerprint}.${identity.length}:${identity}.`;
}
