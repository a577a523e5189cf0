import { SecretError } from "../errors/secret-error.ts";
import { Target } from "../links.ts";
import { parseReference, schemeOf } from "../reference/parse.ts";
import type { ResetScope } from "../vault-api.ts";
import { type Engine, everyConnection, forgetFailures } from "./engine.ts";
import { locateNow } from "./locate.ts";

/** Drops what a scope covers, at once and without network. Returns how many values went. */
export function reset(engine: Engine, scope: ResetScope | undefined): number {
  if (scope === undefined) return resetAll(engine);
  assertScope(scope);
  if ("connection" in scope) return resetConnection(engine, scope.connection);
  const { links, failures } = engine;
  failures.forget(scope.name);
  const link = links.get(scope.name);
  const target = link === undefined ? unlinkedTarget(scope.name, engine) : link.target;
  return target === undefined ? 0 : resetTarget(engine, target);
}

function assertScope(scope: unknown): void {
  const { name, connection } = Object(scope) as { readonly name?: unknown; readonly connection?: unknown };
  if (typeof (connection ?? name) === "string" && typeof scope === "object") return;
  throw new SecretError("invalid_config", "reset takes { name }, { connection }, or nothing for all.");
}

/** Where a text leads that is no link's name: a reference, or a vault's own identifier. Throws `unresolved` for neither. */
function unlinkedTarget(text: string, { links, registry }: Engine): Target | undefined {
  const scheme = schemeOf(text);
  if (scheme !== undefined && registry.get(scheme) !== undefined) return new Target(parseReference(text));
  const native = text.includes(":") ? locateNow(text, registry) : undefined;
  if (native !== undefined) return native;
  return scheme === undefined ? links.expect(text).target : new Target(parseReference(text));
}

/**
 * Drops one secret under all its spellings, for every environment it was read under; leases end at the vault, best
 * effort. With `before`: only what is numbered up to it.
 */
export function resetTarget({ cache, registry, resolver }: Engine, target: Target, before?: number): number {
  let count = 0;
  for (const wired of registry.get(target.connection)?.wired.values() ?? []) {
    const { connection } = wired;
    connection.endThrottle();
    const key = resolver.key(target, wired);
    if (key === undefined) continue;
    // Whoever read it anew has ended the leases of before already.
    if (before === undefined || cache.shelf.sentSeqOf(key) <= before)
      connection.leases.end(new Set(cache.spellings(key)));
    count += cache.resetDocument(key, before);
  }
  return count;
}

/** Drops one document that no link uses any more; other spellings of its secret keep theirs. */
export function dropTarget({ cache, registry, resolver }: Engine, target: Target): void {
  for (const wired of registry.get(target.connection)?.wired.values() ?? []) {
    const key = resolver.key(target, wired);
    if (key === undefined) continue;
    wired.connection.leases.end(new Set([key]));
    cache.dropDocument(key);
  }
}

function resetAll(engine: Engine): number {
  const gone = engine.cache.resetAll();
  for (const connection of everyConnection(engine)) {
    connection.leases.end();
    connection.endThrottle();
  }
  engine.failures.clear();
  return gone;
}

function resetConnection(engine: Engine, name: string): number {
  const { cache, registry } = engine;
  let count = 0;
  for (const { connection } of registry.expect(name, "caller").wired.values()) {
    count += cache.resetConnection(connection.fingerprint);
    connection.leases.end();
    connection.endThrottle();
  }
  forgetFailures(engine, name);
  return count;
}
