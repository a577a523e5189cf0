import type { ConnectionStatus, LinkStatus } from "@vaultlink/core";
import { schemeOf } from "@vaultlink/core/internal";
import type { ConnectionRow, LinkRow, Mood } from "@vaultlink/screen";
import type { Configuration } from "../config/load.ts";

/** A connection as the window shows it. What was never opened is not what its user disconnected. */
export function connectionRow(
  { name, provider, state, identity, expiresAt, requests, error }: ConnectionStatus,
  { user }: Pick<Configuration, "user">,
): ConnectionRow {
  const isDisconnected = user.content.disconnected?.includes(name) === true;
  const word = wordOf(state, isDisconnected, error);
  const hint = error?.hint ?? (isDisconnected ? `vaultlink reauth ${name}` : undefined);
  return {
    ...{ name, provider, state: word, mood: moodOf(state, word) },
    ...(identity !== undefined && { identity }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(requests !== undefined && { calls: `${requests.lastHour} h / ${requests.lastDay} d` }),
    ...(hint !== undefined && { hint }),
  };
}

function wordOf(state: ConnectionStatus["state"], isDisconnected: boolean, error: ConnectionStatus["error"]): string {
  if (state === "disconnected") return isDisconnected ? "disconnected" : "not opened";
  if (state === "failed" && error?.code === "unauthenticated") return "not signed in";
  return state;
}

function moodOf(state: ConnectionStatus["state"], word: string): Mood {
  if (state === "ready") return "good";
  if (state === "opening") return "busy";
  return word === "not opened" ? "idle" : "bad";
}

const MOODS: Readonly<Record<LinkStatus["state"], Mood>> = { resolved: "good", unknown: "idle", unresolved: "bad" };

/** A link as the window shows it. */
export function linkRow(
  { name, reference, state, reason, ageMs, expiresInMs, hint }: LinkStatus,
  isConnection: (name: string) => boolean,
): LinkRow {
  const scheme = reference === null ? undefined : schemeOf(reference);
  return {
    ...{ name, mood: MOODS[state], state: reason ?? (state === "unknown" ? "not read" : state) },
    ...(scheme !== undefined && isConnection(scheme) && { connection: scheme }),
    ...(reference !== null && { reference }),
    ...(ageMs !== undefined && { ageMs }),
    ...(expiresInMs !== undefined && { expiresInMs }),
    ...(hint !== undefined && { hint }),
  };
}
