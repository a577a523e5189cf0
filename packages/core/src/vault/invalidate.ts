import { SecretError, isSecretError } from "../errors/secret-error.ts";
import type { Link, LinkTarget } from "../links.ts";
import type { ResetScope, Disconnected } from "../types.ts";
import { type VaultInternals, everyConnection, forgetFailures } from "./internals.ts";
import { assertAdmin } from "./assert-admin.ts";
import { locateLink, locateNow } from "./locate.ts";
import { withinDeadline } from "../async/deadline.ts";
import { stateError } from "../connection/state.ts";
import { worstEnd } from "../connection/end-session.ts";
import type { ConnectionHandle } from "../resolver/connection-handle.ts";
import type { NamedConnection } from "../resolver/named-connection.ts";

/** Drops what a scope covers, at once and without network. Returns how many entries went. */
export function reset(internals: VaultInternals, scope: ResetScope | undefined): number {
  if (scope === undefined) return resetAll(internals);
  assertScope(scope);
  if ("connection" in scope) return resetConnection(internals, scope.connection);
  const { failures, links, registry } = internals;
  failures.forget(scope.name);
  const target = locateNow(scope.name, links, registry);
  if (target !== undefined) return resetTarget(internals, target);
  links.expect(scope.name);
  return 0;
}

function assertScope(scope: unknown): void {
  const { name, connection } = Object(scope) as { readonly name?: unknown; readonly connection?: unknown };
  if (typeof (connection ?? name) === "string" && typeof scope === "object") return;
  throw new SecretError("invalid_config", "reset takes { name }, { connection }, or nothing for all.");
}

/**
 * Drops one secret under all its spellings and for all environments. Its leases are ended at the vault, best effort.
 * `before`: only what is numbered up to it.
 */
export function resetTarget(
  { cache, registry, resolver }: VaultInternals,
  target: LinkTarget,
  before?: number,
): number {
  let count = 0;
  for (const handle of registry.get(target.connection)?.handles ?? []) {
    const { connection } = handle;
    connection.endThrottle();
    const key = resolver.key(target, handle);
    if (key === undefined) continue;
    // If it has been read since, that read has ended the earlier leases.
    if (before === undefined || cache.store.sentSeqOf(key) <= before)
      connection.leases.end(new Set(cache.spellings(key)));
    count += cache.resetDocument(key, before);
  }
  return count;
}

/** Drops one document that no link uses any more; other spellings of its secret keep their entries. */
export function dropTarget({ cache, registry, resolver }: VaultInternals, target: LinkTarget): void {
  for (const handle of registry.get(target.connection)?.handles ?? []) {
    const key = resolver.key(target, handle);
    if (key === undefined) continue;
    handle.connection.leases.end(new Set([key]));
    cache.dropDocument(key);
  }
}

function resetAll(internals: VaultInternals): number {
  const gone = internals.cache.resetAll();
  for (const connection of everyConnection(internals)) {
    connection.leases.end();
    connection.endThrottle();
  }
  internals.failures.clear();
  return gone;
}

function resetConnection(internals: VaultInternals, name: string): number {
  const { cache, registry } = internals;
  let count = 0;
  for (const { connection } of registry.expect(name, "caller").handles) {
    count += cache.resetConnection(connection.fingerprint);
    connection.leases.end();
    connection.endThrottle();
  }
  forgetFailures(internals, name);
  return count;
}

/** How long plugins may take to load, in ms; then the names that only they could locate are left out. */
const LOAD_MS = 2000;

/** Ends all sessions of a connection at once, then reports what became of its credentials at the vault. Throws `forbidden`. */
export async function disconnect(internals: VaultInternals, name: string): Promise<Disconnected> {
  const named = internals.registry.expect(name, "caller");
  assertAdmin(named);
  named.disconnect();
  internals.followers.disconnected(name, stateError(name, { phase: "disconnected", onDemand: false }));
  return endConnections(internals, named, named.handles);
}

/** As `disconnect`, but the next read may open the connection again. */
export async function logout(internals: VaultInternals, name: string): Promise<Disconnected> {
  const named = internals.registry.expect(name, "caller");
  // A connection that was ended stays so: the next read gets a new one.
  const handles = named.logout();
  const result = await endConnections(internals, named, handles);
  for (const { connection } of handles) internals.forget(connection.fingerprint);
  return result;
}

async function endConnections(
  internals: VaultInternals,
  named: NamedConnection,
  handles: readonly ConnectionHandle[],
): Promise<Disconnected> {
  const { links } = internals;
  const ended = handles.map(({ connection }) => connection.disconnect());
  const replacedEnd = named.reportReplacedEnd();
  const dropped = ended.reduce((sum, one) => sum + one.dropped, 0);
  const [remoteEnds] = await Promise.all([
    Promise.all([replacedEnd, ...ended.map(({ remoteEnd }) => remoteEnd)]),
    Promise.all([...links.all()].map((link) => locateIfPossible(link, internals))),
  ]);
  const names = [...links.all()].filter(({ target }) => target?.connection === named.name).map((link) => link.name);
  // Leaves out credentials that have expired meanwhile.
  const left = remoteEnds.filter(({ expiresAt = Infinity }) => expiresAt > internals.clock.epochMs());
  return { names, dropped, ...worstEnd(left) };
}

/** Locates a link, loading plugins if needed. */
async function locateIfPossible(link: Link, { clock, registry }: VaultInternals): Promise<void> {
  if (link.reference === null || link.error !== undefined) return;
  try {
    await locateLink(link, registry, withinDeadline(clock, LOAD_MS, undefined));
  } catch (error) {
    // Its connection stays unknown; the disconnect goes on.
    if (!isSecretError(error)) throw error;
  }
}
