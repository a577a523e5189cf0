import type { LinkStatus } from "@vaultlink/core";
import { schemeOf } from "@vaultlink/core/internal";
import type { ConnectionRow, LinkRow, Mood } from "@vaultlink/screen";
import type { ShownConnection } from "../vault/describe-connection.ts";

/** A connection as the window shows it. */
export function connectionRow(shown: ShownConnection, expiresAt: number | undefined): ConnectionRow {
  const { name, provider, state, displayName, requests, hint } = shown;
  return {
    ...{ name, provider, state, mood: MOODS_OF_CONNECTIONS[state] ?? "bad" },
    ...(displayName !== undefined && { identity: displayName }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(requests !== undefined && { calls: `${requests.lastHour} / ${requests.lastDay}` }),
    ...(hint !== undefined && { hint }),
  };
}

/** Every other state is one that somebody has to mend. */
const MOODS_OF_CONNECTIONS: Readonly<Record<string, Mood>> = { ready: "good", opening: "busy", "not opened": "idle" };

const MOODS: Readonly<Record<LinkStatus["state"], Mood>> = { resolved: "good", unknown: "idle", unresolved: "bad" };

/** A link as the window shows it. */
export function linkRow(
  { name, reference, state, reason, version, ageMs, expiresInMs, reads, stale, hint }: LinkStatus,
  isConnection: (name: string) => boolean,
): LinkRow {
  const scheme = reference === null ? undefined : schemeOf(reference);
  return {
    ...{ name, mood: stale === undefined ? MOODS[state] : "busy" },
    state: stale === undefined ? (reason ?? (state === "unknown" ? "not read" : state)) : "stale",
    ...(scheme !== undefined && isConnection(scheme) && { connection: scheme }),
    ...(reference !== null && { reference }),
    ...(version !== undefined && { version }),
    ...(ageMs !== undefined && { ageMs }),
    ...(expiresInMs !== undefined && stale === undefined && { expiresInMs }),
    ...(reads !== undefined && { reads }),
    ...(hint !== undefined && { hint }),
  };
}
