import type { Answer } from "../kit/backend.ts";
import type { Clock } from "../kit/clock.ts";
import { errors, json } from "./envelope.ts";
import type { VaultMode } from "./settings.ts";

export const VERSION = "2.7.1";
const CLUSTER = { cluster_name: "stand-in", cluster_id: "00000000-0000-0000-0000-000000000000" };

function isSealed(mode: VaultMode): boolean {
  return mode === "sealed" || mode === "uninitialised";
}

/** `sys/health`: the status tells what the node is. */
export function health(mode: VaultMode, clock: Clock): Answer {
  const up = !isSealed(mode);
  const standby = typeof mode === "object" || !up;
  return json(healthStatus(mode), {
    initialized: mode !== "uninitialised",
    sealed: !up,
    standby,
    replication_performance_mode: up ? "disabled" : "unknown",
    replication_dr_mode: up ? "disabled" : "unknown",
    server_time_utc: Math.floor(clock.now() / 1000),
    version: VERSION,
    ...(up ? CLUSTER : {}),
  });
}

function healthStatus(mode: VaultMode): number {
  if (mode === "uninitialised") return 501;
  if (mode === "sealed") return 503;
  if (typeof mode !== "object") return 200;
  return typeof mode.standby === "number" ? mode.standby : 429;
}

export function sealStatus(mode: VaultMode): Answer {
  return json(200, {
    type: "shamir",
    initialized: mode !== "uninitialised",
    sealed: isSealed(mode),
    t: 1,
    n: 1,
    progress: 0,
    nonce: "",
    recovery_seal: false,
    version: VERSION,
    commit_date: "2026-01-01T00:00:00Z",
    migration: false,
    ...(isSealed(mode) ? {} : CLUSTER),
    storage_type: "inmem",
  });
}

/** What a node that cannot serve says to everything else; `undefined` if it can. */
export function refusalOf(mode: VaultMode, pathAndQuery: string): Answer | undefined {
  if (mode === "active") return undefined;
  if (mode === "behind") return errors(412, "required index state not present");
  // Measured: a server that was never initialised words it the same, and only sys/health says 501.
  if (mode === "sealed" || mode === "uninitialised") return errors(503, "Vault is sealed");
  if (typeof mode.standby === "number") return { status: mode.standby };
  return { status: 307, headers: { location: new URL(pathAndQuery, mode.standby).href } };
}
