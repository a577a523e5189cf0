import { withLinkName } from "../errors/secret-error.ts";
import { Links, type LinkTarget } from "../links.ts";
import { parseReference, schemeOf } from "../reference/parse.ts";
import { assertLink } from "../settings.ts";
import type { GetOptions, LinkDefinition } from "../types.ts";
import { deadlineOf, resolveOptions, type VaultInternals } from "./internals.ts";
import { dropTarget, resetTarget } from "./invalidate.ts";
import { documentKey, knownTarget, locate, locateLoaded } from "./locate.ts";

export interface RelinkOptions extends GetOptions {
  /** Reads the new reference from the vault before anything changes. @default true */
  readonly verify?: boolean;
}

/** Links a new name. Throws `invalid_config` for one that exists, and what is wrong with the reference. */
export function link(internals: VaultInternals, name: string, definition: LinkDefinition): void {
  internals.links.expectNew(name);
  assertLinkable(internals, name, definition);
  const target = knownTarget(internals.links.set(name, definition), internals.registry);
  internals.failures.forget(name);
  // The secret has often just been created.
  const handles = target && internals.registry.get(target.connection)?.handles;
  for (const { connection } of handles ?? []) internals.cache.clearNegativeCache(connection.fingerprint);
}

/** Gives a name another reference. The old document cannot be reached under the name afterwards. */
export async function relink(
  internals: VaultInternals,
  name: string,
  reference: string,
  options: RelinkOptions,
): Promise<void> {
  const { cache, links, registry, resolver } = internals;
  const before = knownTarget(links.expect(name), registry);
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
  links.expect(name);
  links.relink(name, reference);
  internals.failures.forget(name);
  // What was just read stays; entries for other environments and other spellings go.
  resetTarget(internals, target, verify ? minSequence : undefined);
  if (before !== undefined) forgetIfUnused(internals, before);
  internals.followers.relinked(name);
}

/** Forgets a name, and its document where no other link uses it. */
export function unlink(internals: VaultInternals, name: string): void {
  const target = knownTarget(internals.links.expect(name), internals.registry);
  internals.links.delete(name);
  internals.failures.delete(name);
  internals.followers.unlinked(name);
  if (target !== undefined) forgetIfUnused(internals, target);
}

function forgetIfUnused(internals: VaultInternals, target: LinkTarget): void {
  const document = documentKey(target);
  for (const each of internals.links.all()) {
    const other = knownTarget(each, internals.registry);
    if (other !== undefined && documentKey(other) === document) return;
  }
  dropTarget(internals, target);
}

/** Throws unless the reference is valid and its connection exists. Sends nothing to the vault. */
function assertLinkable({ registry }: VaultInternals, name: string, definition: LinkDefinition): void {
  assertLink(name, definition);
  const reference = typeof definition === "object" && definition !== null ? definition.reference : definition;
  if (reference === null) return;
  const scheme = schemeOf(reference);
  const native = scheme === undefined ? /^[a-z][a-z0-9+.-]*:/.test(reference) : registry.get(scheme) === undefined;
  // Only a plugin can parse a vault's own identifier: whether it is one shows at the first read.
  if (native && (scheme === undefined || locateLoaded(reference, registry) !== undefined)) return;
  registry.expect(parseReference(reference).connection);
}
