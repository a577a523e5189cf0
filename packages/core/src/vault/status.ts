import type { ErrorCode } from "../errors/codes.ts";
import { isSecretError, type SecretError } from "../errors/secret-error.ts";
import type { Link, LinkTarget } from "../links.ts";
import type { NamedConnection, ConnectionHandle } from "../resolver/named-connection.ts";
import type { Env } from "../types.ts";
import type { ConnectionStatus, LinkStatus, UnresolvedReason, VaultStatus } from "../vault-status.ts";
import { type VaultInternals, everyConnection } from "./internals.ts";
import { targetNow } from "./locate.ts";

/** The state of every connection and link: no network, no values. */
export function statusOf(internals: VaultInternals, env?: Env): VaultStatus {
  const { cache, counts, registry, links } = internals;
  const seen: Seen = { ...internals, known: (named) => registry.known(named, env) };
  return {
    connections: [...registry.all()].map((named) => connectionStatus(named, seen)),
    links: [...links.all()].map((link) => linkStatus(link, seen)),
    cache: { ...cache.store.size, ttl: cache.store.ttlMs / 60_000, ...counts },
    sessions: countSessions(internals),
  };
}

/** A vault as one caller's environment sees it. */
interface Seen extends VaultInternals {
  readonly known: (named: NamedConnection) => ConnectionHandle | undefined;
}

function countSessions(internals: VaultInternals): VaultStatus["sessions"] {
  const open = [...everyConnection(internals)].flatMap((connection) => connection.live() ?? []);
  return { open: open.length, byPerson: open.filter(({ person }) => person).length };
}

function connectionStatus(named: NamedConnection, { cache, known }: Seen): ConnectionStatus {
  const { name, providerName: provider } = named;
  const current = known(named);
  if (current === undefined) return { name, provider, state: "disconnected", cached: 0, calls: 0 };
  const { connection } = current;
  const live = connection.live();
  const { state } = connection;
  const identity = live?.said;
  const requests = connection.requests();
  const shown = state.phase === "expired" || state.phase === "failed" ? connection.error() : undefined;
  return {
    name,
    provider,
    state: state.phase,
    ...(identity !== undefined && { identity }),
    ...(live?.expiresAt !== undefined && { expiresAt: live.expiresAt }),
    cached: cache.store.count(connection.fingerprint),
    calls: connection.calls,
    ...(requests && { requests }),
    ...(shown && { error: plain(shown) }),
  };
}

function plain({ code, message, details }: SecretError): NonNullable<ConnectionStatus["error"]> {
  return { code, message, ...(details.hint !== undefined && { hint: details.hint }) };
}

function linkStatus(link: Link, internals: Seen): LinkStatus {
  const { name, reference, required } = link;
  const base = { name, reference, required };
  const target = targetNow(link, internals.registry);
  const obstacle = obstacleOf(link, target, internals);
  if (obstacle !== undefined) return { ...base, state: "unresolved", ...obstacle };
  const kept = target && keptFor(target, internals);
  // What is kept answers, whatever an earlier read of this name met.
  if (kept !== undefined) return { ...base, ...kept };
  const failure = internals.failures.get(name);
  return failure === undefined
    ? { ...base, state: "unknown" }
    : { ...base, state: "unresolved", ...failureObstacle(failure) };
}

/** What the kept document gives for a target, if one is kept. */
function keptFor(
  target: LinkTarget,
  { cache, known, registry, resolver }: Seen,
): Omit<LinkStatus, keyof Base> | undefined {
  const named = registry.get(target.connection);
  const current = named && known(named);
  const key = current && resolver.key(target, current);
  const kept = key === undefined ? undefined : cache.store.inspect(key);
  if (kept === undefined) return undefined;
  const { ageMs, entry, expiresInMs } = kept;
  try {
    entry.select(target.fieldKey, target.field);
    return { state: "resolved", ageMs, expiresInMs };
  } catch (error) {
    if (!isSecretError(error)) throw error;
    return { state: "unresolved", ...failureObstacle(error) };
  }
}

type Base = Pick<LinkStatus, "name" | "reference" | "required">;
type Obstacle = { readonly reason: UnresolvedReason; readonly hint?: string };

function obstacleOf(
  { enabled, error, reference, relinking: hint }: Link,
  target: LinkTarget | undefined,
  { known, registry }: Seen,
): Obstacle | undefined {
  if (!enabled) return { reason: "disabled" };
  if (reference === null) return { reason: "unlinked", hint };
  if (error !== undefined) return { reason: "invalid", hint };
  if (target !== undefined) {
    const named = registry.get(target.connection);
    if (named === undefined) {
      return { reason: "unknown-connection", hint: `vaultlink connect <provider> ${target.connection}` };
    }
    return connectionObstacle(named, known(named));
  }
  return undefined;
}

function connectionObstacle(
  { disconnected, name }: NamedConnection,
  current: ConnectionHandle | undefined,
): Obstacle | undefined {
  const hint = `vaultlink reauth ${name}`;
  if (disconnected) return { reason: "disconnected", hint };
  const phase = current?.connection.state.phase;
  if (phase !== "expired" && phase !== "failed") return undefined;
  const { code, details } = (current as NonNullable<typeof current>).connection.error();
  return { reason: reasonOf(code, details.reason), hint: details.hint ?? hint };
}

function failureObstacle({ code, details }: SecretError): Obstacle {
  return { reason: reasonOf(code, details.reason), ...(details.hint !== undefined && { hint: details.hint }) };
}

function reasonOf(code: ErrorCode, reason: string | undefined): UnresolvedReason {
  switch (code) {
    case "unauthenticated":
      return reason === "not-authenticated" ? "not-authenticated" : "expired";
    case "unresolved":
      return (reason ?? "unlinked") as UnresolvedReason;
    case "not_found":
      return "not-found";
    case "denied":
      return "denied";
    case "throttled":
      return "throttled";
    case "forbidden":
      return "domain-blocked";
    case "unusable":
    case "ambiguous":
      return "unusable";
    case "invalid_reference":
    case "invalid_config":
    case "internal":
      return "invalid";
    case "unavailable":
    case "timeout":
    case "aborted":
      return "unreachable";
  }
}
