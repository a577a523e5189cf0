import { type Channel, channel } from "node:diagnostics_channel";
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

type Name = "read" | "open" | "state" | "cache" | "retry";

const channels: Readonly<Record<Name, Channel>> = {
  read: channel("vaultlink:read"),
  open: channel("vaultlink:open"),
  state: channel("vaultlink:state"),
  cache: channel("vaultlink:cache"),
  retry: channel("vaultlink:retry"),
};

/** Whether a channel has subscribers. Avoids allocating a closure on a hit. */
export function hasSubscribers(name: Name): boolean {
  return channels[name].hasSubscribers;
}

/** Publishes on `node:diagnostics_channel`; `diagnostic` is called only if there are subscribers. */
export function publish(name: Name, diagnostic: () => Diagnostic): void {
  const at = channels[name];
  if (at.hasSubscribers) at.publish(diagnostic());
}
