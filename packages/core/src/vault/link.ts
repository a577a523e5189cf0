import { assertLink } from "../assert-options.ts";
import { SecretError } from "../errors/secret-error.ts";
import { Links, type LinkTarget } from "../links.ts";
import { withLinkName } from "../errors/with-link-name.ts";
import { parseReference, schemeOf } from "../reference/parse.ts";
import type { GetOptions, LinkDefinition } from "../types.ts";
import { resolveOptions, type VaultInternals, deadlineOf } from "./internals.ts";
import { locate, locateNow, targetNow } from "./locate.ts";
import { dropTarget, resetTarget } from "./reset.ts";

export interface RelinkOptions extends GetOptions {
  /** Reads the new reference from the vault before anything changes. @default true */
  readonly verify?: boolean;
}

/** Binds a new name. Throws `invalid_config` for one that exists, and what is wrong with the reference. */
export function link(internals: VaultInternals, name: string, definition: LinkDefinition): void {
  const known = internals.links.get(name);
  if (known !== undefined) {
    const { relinking: hint } = known;
    throw withLinkName(new SecretError("invalid_config", "This name is linked already.", { hint }), name, undefined);
  }
  assertLinkable(internals, name, definition);
  const target = targetNow(internals.links.set(name, definition), internals.registry);
  internals.failures.forget(name);
  // Whoever links has often just made the secret there.
  const handles = target && internals.registry.get(target.connection)?.own;
  for (const { connection } of handles ?? []) internals.cache.clearNegativeCache(connection.fingerprint);
}

/** Points a name elsewhere. The old document can't be reached under the name afterwards, reset or not. */
export async function relink(
  internals: VaultInternals,
  name: string,
  reference: string,
  options: RelinkOptions,
): Promise<void> {
  const { cache, links, registry, resolver } = internals;
  const before = targetNow(links.expect(name), registry);
  assertLinkable(internals, name, reference);
  const call = { ...resolveOptions(internals, options), minSequence: cache.nextSequence() };
  const wanted = new Links({ [name]: reference });
  const target = await locate(name, wanted, registry, deadlineOf(internals, call));
  registry.assertOpen();
  const verify = options.verify ?? true;
  const { minSequence } = call;
  if (verify) {
    try {
      await resolver.resolve(target, call);
    } catch (error) {
      throw withLinkName(error, name, target.connection);
    }
  }
  const { allowedDomains, enabled, required } = links.expect(name);
  links.set(name, { reference, required, enabled, allowedDomains });
  internals.failures.forget(name);
  // What was just read stays; what is known of it under other environments, or other spellings, goes.
  resetTarget(internals, target, verify ? minSequence : undefined);
  if (before !== undefined) forgetIfUnused(internals, before);
}

/** Forgets a name, and its document where no other link uses it. */
export function unlink(internals: VaultInternals, name: string): void {
  const target = targetNow(internals.links.expect(name), internals.registry);
  internals.links.delete(name);
  internals.failures.delete(name);
  if (target !== undefined) forgetIfUnused(internals, target);
}

function forgetIfUnused(internals: VaultInternals, target: LinkTarget): void {
  for (const other of internals.links.all()) {
    if (other.target?.connection === target.connection && other.target.canonical === target.canonical) return;
  }
  dropTarget(internals, target);
}

/** The reference must name something on a connection there is; nothing is asked of the vault. */
function assertLinkable({ registry }: VaultInternals, name: string, definition: LinkDefinition): void {
  assertLink(name, definition);
  const reference = typeof definition === "object" && definition !== null ? definition.reference : definition;
  if (reference === null) return;
  const scheme = schemeOf(reference);
  const native = scheme === undefined ? /^[a-z][a-z0-9+.-]*:/.test(reference) : registry.get(scheme) === undefined;
  // Only a provider's plugin can read a native identifier: whether it is one shows at the first read.
  if (native && (scheme === undefined || locateNow(reference, registry) !== undefined)) return;
  registry.expect(parseReference(reference).connection);
}
