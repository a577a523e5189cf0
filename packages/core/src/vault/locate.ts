import { SecretError } from "../errors/secret-error.ts";
import { type Link, type Links, Target } from "../links.ts";
import type { Patience } from "../race.ts";
import { parseField, parseReference, schemeOf } from "../reference/parse.ts";
import type { Registry } from "../resolver/registry.ts";

/** Where a name or a reference leads. Throws `unresolved` with its reason, or what is wrong with the reference. */
export async function locate(name: string, links: Links, registry: Registry, wait: Patience): Promise<Target> {
  const link = links.get(name);
  if (link !== undefined) return locateLink(link, registry, wait);
  const target = name.includes(":") ? await locateReference(name, registry, wait) : links.expect(name).target;
  return usable(target as Target, registry);
}

async function locateLink(link: Link, registry: Registry, wait: Patience): Promise<Target> {
  const { name, reference } = link;
  if (!link.enabled) throw new SecretError("unresolved", "The link is disabled.", { reason: "disabled" });
  if (reference === null) {
    const mend = `vaultlink relink ${name} <reference>`;
    throw new SecretError("unresolved", "The name has no reference yet.", { reason: "unlinked", mend });
  }
  if (link.error !== undefined) throw link.error;
  link.target ??= await locateReference(reference, registry, wait);
  return usable(link.target, registry);
}

async function locateReference(reference: string, registry: Registry, wait: Patience): Promise<Target> {
  const scheme = schemeOf(reference);
  if (scheme !== undefined && registry.get(scheme) !== undefined) return new Target(parseReference(reference));
  try {
    return await wait(() => recognise(reference, registry));
  } catch (error) {
    // A text that is written as a reference lacks its connection; saying that helps more than "not recognised".
    if (scheme !== undefined) registry.expect(parseReference(reference).connection);
    throw error;
  }
}

/** A native identifier, whole or followed by `#field`. */
async function recognise(identifier: string, registry: Registry): Promise<Target> {
  const hash = identifier.indexOf("#");
  const base = hash < 0 ? identifier : identifier.slice(0, hash);
  const { named, recognised } = await registry.recognise(base);
  const asked = hash < 0 ? undefined : parseField(identifier.slice(hash + 1));
  const field = asked ?? (recognised.field === undefined ? undefined : [recognised.field]);
  return new Target({ connection: named.name, locator: recognised.locator, ...(field && { field }) });
}

/** A connection its user disconnected is not even loaded. */
function usable(target: Target, registry: Registry): Target {
  const { disconnected, name } = registry.expect(target.connection);
  if (!disconnected) return target;
  const mend = `vaultlink reauth ${name}`;
  throw new SecretError("unresolved", "The connection was disconnected.", { reason: "disconnected", mend });
}
