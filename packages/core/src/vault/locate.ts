import { SecretError } from "../errors/secret-error.ts";
import { type Link, type Links, LinkTarget } from "../links.ts";
import type { WithinDeadline } from "../async/deadline.ts";
import { parseField, parseReference, schemeOf } from "../reference/parse.ts";
import type { Registry } from "../resolver/registry.ts";

/** Where a name or a reference leads. Throws `unresolved` with its reason, or what is wrong with the reference. */
export async function locate(
  name: string,
  links: Links,
  registry: Registry,
  wait: WithinDeadline,
): Promise<LinkTarget> {
  if (typeof name !== "string") throw new SecretError("invalid_reference", "A name or a reference is a text.");
  const link = links.get(name);
  if (link?.enabled === false) throw new SecretError("unresolved", "The link is disabled.", { reason: "disabled" });
  return usable(await locateAnyway(name, links, registry, wait), registry);
}

/** Where a name or a reference leads, whatever became of the link and its connection. Throws as `locate` does. */
export async function locateAnyway(
  name: string,
  links: Links,
  registry: Registry,
  wait: WithinDeadline,
): Promise<LinkTarget> {
  const link = links.get(name);
  if (link !== undefined) return locateLink(link, registry, wait);
  return name.includes(":") ? locateReference(name, registry, wait) : (links.expect(name).target as LinkTarget);
}

async function locateReference(reference: string, registry: Registry, wait: WithinDeadline): Promise<LinkTarget> {
  const scheme = schemeOf(reference);
  if (scheme !== undefined && registry.get(scheme) !== undefined) return new LinkTarget(parseReference(reference));
  try {
    const [identifier, field] = cutField(reference);
    return targetOf(await wait(() => registry.parseIdentifier(identifier)), field);
  } catch (error) {
    // A text that is written as a reference lacks its connection; saying that helps more than "not recognised".
    if (scheme !== undefined) registry.expect(parseReference(reference).connection);
    throw error;
  }
}

/** Where a link leads, once a plugin has read its reference where only a plugin can. */
export async function locateLink(link: Link, registry: Registry, wait: WithinDeadline): Promise<LinkTarget> {
  if (link.reference === null) throw unlinked(link);
  if (link.error !== undefined) throw link.error;
  // A vault's own identifier may be written as a reference is: op://vault/item, whatever its connection is called.
  if (link.target === undefined || registry.get(link.target.connection) === undefined) {
    link.target = await locateReference(link.reference, registry, wait);
  }
  return link.target;
}

/** Where a link leads as far as it is known without loading anything. */
export function targetNow({ error, reference, target }: Link, registry: Registry): LinkTarget | undefined {
  if (reference === null || error !== undefined) return undefined;
  const known = target !== undefined && registry.get(target.connection) !== undefined;
  return known ? target : (locateNow(reference, registry) ?? target);
}

/** Where a native identifier leads as far as what is loaded knows it. Loads nothing, throws nothing. */
export function locateNow(identifier: string, registry: Registry): LinkTarget | undefined {
  const [base, field] = cutField(identifier);
  const found = registry.recogniseNow(base);
  try {
    return found && targetOf(found, field);
  } catch {
    // What is wrong with it is told by whoever reads.
    return undefined;
  }
}

/** A native identifier, whole or followed by `#field`. */
function cutField(text: string): readonly [identifier: string, field: string | undefined] {
  const hash = text.indexOf("#");
  return hash < 0 ? [text, undefined] : [text.slice(0, hash), text.slice(hash + 1)];
}

function targetOf(
  { named, parsed }: Awaited<ReturnType<Registry["parseIdentifier"]>>,
  asked: string | undefined,
): LinkTarget {
  const own = parsed.field === undefined ? undefined : [parsed.field];
  const field = asked === undefined ? own : parseField(asked);
  return new LinkTarget({ connection: named.name, locator: parsed.locator, ...(field && { field }) });
}

function unlinked({ relinking: hint }: Link): SecretError {
  return new SecretError("unresolved", "The name has no reference yet.", { reason: "unlinked", hint });
}

/** A connection its user disconnected is not even loaded. */
function usable(target: LinkTarget, registry: Registry): LinkTarget {
  const { disconnected, name } = registry.expect(target.connection);
  if (!disconnected) return target;
  const hint = `vaultlink reauth ${name}`;
  throw new SecretError("unresolved", "The connection was disconnected.", { reason: "disconnected", hint });
}
