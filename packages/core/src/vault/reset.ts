import { SecretError } from "../errors/secret-error.ts";
import { LinkTarget } from "../links.ts";
import { parseReference, schemeOf } from "../reference/parse.ts";
import type { ResetScope } from "../types.ts";
import { type VaultInternals, everyConnection, forgetFailures } from "./internals.ts";
import { locateNow } from "./locate.ts";

/** Drops what a scope covers, at once and without network. Returns how many values went. */
export function reset(internals: VaultInternals, scope: ResetScope | undefined): number {
  if (scope === undefined) return resetAll(internals);
  assertScope(scope);
  if ("connection" in scope) return resetConnection(internals, scope.connection);
  const { links, failures } = internals;
  failures.forget(scope.name);
  const link = links.get(scope.name);
  const target = link === undefined ? unlinkedTarget(scope.name, internals) : link.target;
  return target === undefined ? 0 : resetTarget(internals, target);
}

function assertScope(scope: unknown): void {
  const { name, connection } = Object(scope) as { readonly name?: unknown; readonly connection?: unknown };
  if (typeof (connection ?? name) === "string" && typeof scope === "object") return;
  throw new SecretError("invalid_config", "reset takes { name }, { connection }, or nothing for all.");
}

/** Where a text leads that is no link's name: a reference, or a vault's own identifier. Throws `unresolved` for neither. */
function unlinkedTarget(text: string, { links, registry }: VaultInternals): LinkTarget | undefined {
  const scheme = schemeOf(text);
  if (scheme !== undefined && registry.get(scheme) !== undefined) return new LinkTarget(parseReference(text));
  const native = text.includes(":") ? locateNow(text, registry) : undefined;
  if (native !== undefined) return native;
  return scheme === undefined ? links.expect(text).target : new LinkTarget(parseReference(text));
}

/**
 * Drops one secret under all its spellings, for every environment it was read under; leases end at the vault, best
 * effort. With `before`: only what is numbered up to it.
 */
export function resetTarget(
  { cache, registry, resolver }: VaultInternals,
  target: LinkTarget,
  before?: number,
): number {
  let count = 0;
  for (const handle of registry.get(target.connection)?.own ?? []) {
    const { connection } = handle;
    connection.endThrottle();
    const key = resolver.key(target, handle);
    if (key === undefined) continue;
    // Whoever read it anew has ended the leases of before already.
    if (before === undefined || cache.store.sentSeqOf(key) <= before)
      connection.leases.end(new Set(cache.spellings(key)));
    count += cache.resetDocument(key, before);
  }
  return count;
}

/** Drops one document that no link uses any more; other spellings of its secret keep theirs. */
export function dropTarget({ cache, registry, resolver }: VaultInternals, target: LinkTarget): void {
  for (const handle of registry.get(target.connection)?.own ?? []) {
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
  for (const { connection } of registry.expect(name, "caller").own) {
    count += cache.resetConnection(connection.fingerprint);
    connection.leases.end();
    connection.endThrottle();
  }
  forgetFailures(internals, name);
  return count;
}
