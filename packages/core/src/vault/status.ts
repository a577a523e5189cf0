import type { ErrorCode } from "../errors/codes.ts";
import { isSecretError, type SecretError } from "../errors/secret-error.ts";
import type { Link, LinkTarget } from "../links.ts";
import type { ConnectionHandle } from "../resolver/connection-handle.ts";
import type { NamedConnection } from "../resolver/named-connection.ts";
import type { Env } from "../types.ts";
import type { ConnectionStatus, LinkStatus, UnresolvedReason, VaultStatus } from "../vault-status.ts";
import { everyConnection, type VaultInternals } from "./internals.ts";
import { knownTarget } from "./locate.ts";

/** A vault under one environment. */
interface EnvInternals extends VaultInternals {
  /** The connection under that environment, if there is one. */
  readonly known: (named: NamedConnection) => ConnectionHandle | undefined;
}

/** The state of every connection and link under an environment, without network and without values. */
export function statusOf(vault: VaultInternals, env?: Env): VaultStatus {
  const { cache, counter, registry, links } = vault;
  const internals: EnvInternals = { ...vault, known: (named) => registry.known(named, env) };
  return {
    connections: [...registry.all()].map((named) => connectionStatus(named, internals)),
    links: [...links.all()].map((link) => linkStatus(link, internals)),
    cache: { ...cache.store.size, ttl: cache.store.ttlMs / 60_000, ...counter.counts() },
    sessions: countSessions(vault),
  };
}

function countSessions(internals: VaultInternals): VaultStatus["sessions"] {
  const open = [...everyConnection(internals)].flatMap((connection) => connection.live() ?? []);
  return { open: open.length, byPerson: open.filter(({ person }) => person).length };
}

function connectionStatus(named: NamedConnection, { cache, clock, known }: EnvInternals): ConnectionStatus {
  const { name, providerName: provider } = named;
  const current = known(named);
  if (current === undefined) return { name, provider, state: "disconnected", cached: 0, calls: 0 };
  const { connection } = current;
  const live = connection.live();
  const { state } = connection;
  const identity = live?.vaultIdentity;
  const requests = connection.requests();
  const throttledForMs = connection.throttledUntil - clock.uptimeMs();
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
    ...(throttledForMs > 0 && { throttledForMs }),
    ...(shown && { error: plain(shown) }),
  };
}

function plain({ code, message, details }: SecretError): NonNullable<ConnectionStatus["error"]> {
  const { hint, reason, retryAfterMs } = details;
  return {
    ...{ code, message },
    ...(hint !== undefined && { hint }),
    ...(reason !== undefined && { reason }),
    ...(retryAfterMs !== undefined && Number.isFinite(retryAfterMs) && { retryAfterMs }),
  };
}

function linkStatus(link: Link, internals: EnvInternals): LinkStatus {
  const { name, reference, required } = link;
  const target = knownTarget(link, internals.registry);
  const reads = target === undefined ? 0 : readsOf(target, internals);
  const base = { name, reference, required, ...(reads > 0 && { reads }) };
  const obstacle = obstacleOf(link, target, internals);
  if (obstacle !== undefined) return { ...base, state: "unresolved", ...obstacle };
  const stored = target && storedStatus(target, internals);
  // A stored value is served, whatever an earlier read of the name failed with.
  if (stored !== undefined) return { ...base, ...stored };
  const failure = internals.failures.get(name);
  return failure === undefined
    ? { ...base, state: "unknown" }
    : { ...base, state: "unresolved", ...failureObstacle(failure) };
}

/** How often the vault was asked for a target's document, as whoever the connection is now, or was last. */
function readsOf(target: LinkTarget, { counter, known, registry, resolver }: EnvInternals): number {
  const named = registry.get(target.connection);
  const current = named && known(named);
  const key = current && resolver.key(target, current);
  return key === undefined ? 0 : counter.sentFor(key);
}

/** The state of a target whose document is stored. */
function storedStatus(
  target: LinkTarget,
  { cache, known, registry, resolver }: EnvInternals,
): Omit<LinkStatus, keyof Base> | undefined {
  const named = registry.get(target.connection);
  const current = named && known(named);
  const key = current && resolver.key(target, current);
  if (key === undefined) return undefined;
  const stored = cache.store.inspect(key);
  const stale = stored === undefined ? cache.store.inspectStale(key) : undefined;
  const shown = stored ?? stale;
  if (shown === undefined) return undefined;
  const { ageMs, entry } = shown;
  const { staleCause: cause = "unavailable" } = entry;
  try {
    entry.select(target.fieldKey, target.field);
    const { version } = entry;
    const kept = { ...(version !== undefined && { version }), ageMs, expiresInMs: stored?.expiresInMs ?? 0 };
    const common = { state: "resolved", ...kept } as const;
    return stale === undefined ? common : { ...common, stale: { cause, endsInMs: stale.endsInMs } };
  } catch (error) {
    if (!isSecretError(error)) throw error;
    return { state: "unresolved", ...failureObstacle(error) };
  }
}

type Base = Pick<LinkStatus, "name" | "reference" | "required" | "reads">;
type Obstacle = { readonly reason: UnresolvedReason; readonly hint?: string };

function obstacleOf(
  { enabled, error, reference, relinkCommand: hint }: Link,
  target: LinkTarget | undefined,
  { known, registry }: EnvInternals,
): Obstacle | undefined {
  if (!enabled) return { reason: "disabled" };
  if (reference === null) return { reason: "unlinked", hint };
  if (error !== undefined) return { reason: "invalid", hint };
  if (target !== undefined) {
    const named = registry.get(target.connection);
    if (named === undefined) return { reason: "unknown-connection", hint: "vaultlink connect" };
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
