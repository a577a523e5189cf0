import type { WithinDeadline } from "../async/deadline.ts";
import { expectText, type Link, type Links, LinkTarget } from "../links.ts";
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

/** As `locateInactive`, without loading anything: `undefined` for what is not known. Throws `invalid_reference`. */
export function locateNow(name: string, links: Links, registry: Registry): LinkTarget | undefined {
  const link = links.get(name);
  if (link !== undefined) return knownTarget(link, registry);
  return name.includes(":") ? locateReferenceNow(name, registry) : undefined;
}

/** Finds where a link leads, loading plugins if its reference is a vault's own identifier. */
export async function locateLink(link: Link, registry: Registry, wait: WithinDeadline): Promise<LinkTarget> {
  const reference = link.expectReference();
  return isConnected(link.target, registry)
    ? link.target
    : link.setTarget(await locateReference(reference, registry, wait));
}

/** As `locateLink`, without loading anything: `undefined` for what is not known. */
export function knownTarget({ error, reference, target }: Link, registry: Registry): LinkTarget | undefined {
  if (reference === null || error !== undefined) return undefined;
  return isConnected(target, registry) ? target : locateReferenceNow(reference, registry);
}

// A vault's own identifier may look like a reference: op://vault/item, whatever its connection is called.
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

function locateReferenceNow(reference: string, registry: Registry): LinkTarget | undefined {
  const scheme = schemeOf(reference);
  const native =
    scheme !== undefined && registry.get(scheme) !== undefined ? undefined : locateLoaded(reference, registry);
  return native ?? (scheme === undefined ? undefined : new LinkTarget(parseReference(reference)));
}

/** Whether a target is that of one of the connections. */
function isConnected(target: LinkTarget | undefined, registry: Registry): target is LinkTarget {
  return target !== undefined && registry.get(target.connection) !== undefined;
}

/** The document that a name or a reference leads to, as far as that is known without loading anything. */
export function knownDocument(name: string, links: Links, registry: Registry): string | undefined {
  const target = locateNow(name, links, registry);
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
