import { assertLink } from "../assert-options.ts";
import { SecretError } from "../errors/secret-error.ts";
import { Links, type Target } from "../links.ts";
import { nameError } from "../name-error.ts";
import { parseReference, schemeOf } from "../reference/parse.ts";
import type { GetOptions, LinkDefinition } from "../vault-api.ts";
import { callOf, type Engine, patienceOf } from "./engine.ts";
import { locate, locateNow, targetNow } from "./locate.ts";
import { dropTarget, resetTarget } from "./reset.ts";

export interface RelinkOptions extends GetOptions {
  /** Reads the new reference from the vault before anything changes. @default true */
  readonly verify?: boolean;
}

/** Binds a new name. Throws `invalid_config` for one that exists, and what is wrong with the reference. */
export function link(engine: Engine, name: string, definition: LinkDefinition): void {
  const known = engine.links.get(name);
  if (known !== undefined) {
    const { relinking: mend } = known;
    throw nameError(new SecretError("invalid_config", "This name is linked already.", { mend }), name, undefined);
  }
  assertLinkable(engine, name, definition);
  const target = targetNow(engine.links.set(name, definition), engine.registry);
  engine.failures.forget(name);
  // Whoever links has often just made the secret there.
  const wired = target && engine.registry.get(target.connection)?.wired.values();
  for (const { connection } of wired ?? []) engine.cache.forgetRefusals(connection.fingerprint);
}

/** Points a name elsewhere. The old document can't be reached under the name afterwards, reset or not. */
export async function relink(engine: Engine, name: string, reference: string, options: RelinkOptions): Promise<void> {
  const { cache, links, registry, resolver } = engine;
  const before = targetNow(links.expect(name), registry);
  assertLinkable(engine, name, reference);
  const call = { ...callOf(engine, options), notBefore: cache.mark() };
  const wanted = new Links({ [name]: reference });
  const target = await locate(name, wanted, registry, patienceOf(engine, call));
  registry.assertOpen();
  const verify = options.verify ?? true;
  const { notBefore } = call;
  if (verify) {
    try {
      await resolver.resolve(target, call);
    } catch (error) {
      throw nameError(error, name, target.connection);
    }
  }
  const { allowedDomains, enabled, required } = links.expect(name);
  links.set(name, { reference, required, enabled, allowedDomains });
  engine.failures.forget(name);
  // What was just read stays; what is known of it under other environments, or other spellings, goes.
  resetTarget(engine, target, verify ? notBefore : undefined);
  if (before !== undefined) forgetIfUnused(engine, before);
}

/** Forgets a name, and its document where no other link uses it. */
export function unlink(engine: Engine, name: string): void {
  const target = targetNow(engine.links.expect(name), engine.registry);
  engine.links.delete(name);
  engine.failures.delete(name);
  if (target !== undefined) forgetIfUnused(engine, target);
}

function forgetIfUnused(engine: Engine, target: Target): void {
  for (const other of engine.links.all()) {
    if (other.target?.connection === target.connection && other.target.canonical === target.canonical) return;
  }
  dropTarget(engine, target);
}

/** The reference must name something on a connection there is; nothing is asked of the vault. */
function assertLinkable({ registry }: Engine, name: string, definition: LinkDefinition): void {
  assertLink(name, definition);
  const reference = typeof definition === "object" && definition !== null ? definition.reference : definition;
  if (reference === null) return;
  const scheme = schemeOf(reference);
  const native = scheme === undefined ? /^[a-z][a-z0-9+.-]*:/.test(reference) : registry.get(scheme) === undefined;
  // Only a provider's plugin can read a native identifier: whether it is one shows at the first read.
  if (native && (scheme === undefined || locateNow(reference, registry) !== undefined)) return;
  registry.expect(parseReference(reference).connection);
}
