import type { Cache } from "../cache/cache.ts";
import type { ErrorCode } from "../errors/codes.ts";
import { isSecretError, type SecretError } from "../errors/secret-error.ts";
import type { Link, LinkTarget } from "../links.ts";
import type { NamedConnection } from "../resolver/named-connection.ts";
import type { ConnectionStatus, LinkStatus, UnresolvedReason, VaultStatus } from "../types.ts";
import type { VaultInternals } from "./internals.ts";
import { knownTarget } from "./locate.ts";

/** The state of every connection and link, without network and without values. */
export function statusOf(internals: VaultInternals): VaultStatus {
  const { cache, registry, resolver, links } = internals;
  return {
    connections: [...registry.all()].map((named) => connectionStatus(named, cache)),
    links: [...links.all()].map((link) => linkStatus(link, internals)),
    cache: { ...cache.store.size, ttl: cache.store.ttlMs / 60_000, hits: resolver.hits, misses: resolver.misses },
  };
}

function connectionStatus(named: NamedConnection, cache: Cache): ConnectionStatus {
  const { current, name, providerName: provider } = named;
  if (current === undefined) return { name, provider, state: "disconnected", cached: 0, calls: 0 };
  const { connection } = current;
  const live = connection.live();
  const { state } = connection;
  const identity = live?.vaultIdentity;
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

function linkStatus(link: Link, internals: VaultInternals): LinkStatus {
  const { name, reference, required } = link;
  const base = { name, reference, required };
  const target = knownTarget(link, internals.registry);
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

/** The state of a target whose document is stored. */
function storedStatus(
  target: LinkTarget,
  { cache, registry, resolver }: VaultInternals,
): Omit<LinkStatus, keyof Base> | undefined {
  const current = registry.get(target.connection)?.current;
  const key = current && resolver.key(target, current);
  const stored = key === undefined ? undefined : cache.store.inspect(key);
  if (stored === undefined) return undefined;
  const { ageMs, entry, expiresInMs } = stored;
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
  { enabled, error, reference, relinkCommand: hint }: Link,
  target: LinkTarget | undefined,
  { registry }: VaultInternals,
): Obstacle | undefined {
  if (!enabled) return { reason: "disabled" };
  if (reference === null) return { reason: "unlinked", hint };
  if (error !== undefined) return { reason: "invalid", hint };
  if (target !== undefined) {
    const named = registry.get(target.connection);
    if (named === undefined) {
      return { reason: "unknown-connection", hint: `vaultlink connect <provider> ${target.connection}` };
    }
    return connectionObstacle(named);
  }
  return undefined;
}

function connectionObstacle({ current, disconnected, name }: NamedConnection): Obstacle | undefined {
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
