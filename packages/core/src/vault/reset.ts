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
  failures.delete(scope.name);
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

/** Drops one document, for every environment it was read under; leases end at the vault, best effort. */
export function resetTarget({ cache, registry, resolver }: Engine, target: Target): number {
  let count = 0;
  for (const wired of registry.get(target.connection)?.wired.values() ?? []) {
    const key = resolver.key(target, wired);
    const gone = key === undefined ? [] : cache.resetDocument(key);
    count += gone.length;
    void wired.connection.release(gone);
  }
  return count;
}

function resetAll(engine: Engine): number {
  const gone = engine.cache.resetAll();
  for (const connection of everyConnection(engine)) {
    void connection.release(gone.filter(({ fingerprint }) => fingerprint === connection.fingerprint));
  }
  engine.failures.clear();
  return gone.length;
}

function resetConnection(engine: Engine, name: string): number {
  const { cache, registry } = engine;
  let count = 0;
  for (const { connection } of registry.expect(name, "caller").wired.values()) {
    const gone = cache.resetConnection(connection.fingerprint);
    count += gone.length;
    void connection.release(gone);
  }
  forgetFailures(engine, name);
  return count;
}
