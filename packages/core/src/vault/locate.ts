import type { WithinDeadline } from "../async/deadline.ts";
import { expectText, Link, type Links, LinkTarget } from "../links.ts";
import { parseField, parseReference, schemeOf } from "../reference/parse.ts";
import { stateError } from "../connection/state.ts";
import type { Registry } from "../resolver/registry.ts";

/** Finds where a name or a reference leads. Throws `unresolved` with its reason, or what is wrong with the reference. */
export async function locate(
  name: string,
  links: Links,
  registry: Registry,
  wait: WithinDeadline,
): Promise<LinkTarget> {
  expectText(name);
  links.get(name)?.expectEnabled();
  return assertConnected(await locateInactive(name, links, registry, wait), registry);
}

/** As `locate`, for disabled links and disconnected connections too. */
export async function locateInactive(
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
    // It is written as a reference, so "no such connection" helps more than "not recognised".
    if (scheme !== undefined) registry.expect(parseReference(reference).connection);
    throw error;
  }
}

/** Finds where a link leads, loading plugins if its reference is a vault's own identifier. */
export async function locateLink(link: Link, registry: Registry, wait: WithinDeadline): Promise<LinkTarget> {
  const reference = link.expectReference();
  // A vault's own identifier may look like a reference: op://vault/item, whatever its connection is called.
  if (link.target === undefined || registry.get(link.target.connection) === undefined) {
    return link.setTarget(await locateReference(reference, registry, wait));
  }
  return link.target;
}

/** Where a link leads, as far as that is known without loading anything. */
export function knownTarget({ error, reference, target }: Link, registry: Registry): LinkTarget | undefined {
  if (reference === null || error !== undefined) return undefined;
  const known = target !== undefined && registry.get(target.connection) !== undefined;
  return known ? target : (locateLoaded(reference, registry) ?? target);
}

/** The document that a name or a reference leads to, as far as that is known without loading anything. */
export function knownDocument(name: string, links: Links, registry: Registry): string | undefined {
  const target = knownTarget(links.get(name) ?? new Link(name, name), registry);
  return target && documentKey(target);
}

/** What two targets share that lead to one document. */
export function documentKey({ canonical, connection }: LinkTarget): string {
  return `${connection} ${canonical}`;
}

/** Where a vault's own identifier leads, by the plugins that are loaded. Throws nothing. */
export function locateLoaded(identifier: string, registry: Registry): LinkTarget | undefined {
  const [base, field] = cutField(identifier);
  const found = registry.parseIdentifierNow(base);
  try {
    return found && targetOf(found, field);
  } catch {
    // A read reports what is wrong with it.
    return undefined;
  }
}

/** Splits a vault's own identifier from a `#field` that follows it. */
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

/** Throws `unresolved` for a connection that its user disconnected: it is not even loaded. */
function assertConnected(target: LinkTarget, registry: Registry): LinkTarget {
  const { disconnected, name } = registry.expect(target.connection);
  if (!disconnected) return target;
  throw stateError(name, { phase: "disconnected", onDemand: false });
}
