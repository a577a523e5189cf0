import { assertLink } from "./settings.ts";
import { isPlainName, isSecretError, SecretError, withLinkName } from "./errors/secret-error.ts";
import { closestMatch } from "./closest-match.ts";
import type { Place } from "./cache/lru-store.ts";
import type { LiveSession } from "./connection/session.ts";
import type { Locator } from "./contract/provider.ts";
import { canonicalLocator, parseReference, type Reference, schemeOf } from "./reference/parse.ts";
import type { LinkDefinition } from "./types.ts";

/** Where a link leads: a document of a connection, and which field of it. */
export class LinkTarget {
  readonly connection: string;
  readonly locator: Locator;
  readonly field: readonly string[] | undefined;
  readonly fieldKey: string;
  /** The document's part of a cache key. */
  readonly canonical: string;
  /** The session that it was last read with, and where its document is cached. */
  #session: LiveSession | undefined;
  #key = "";
  #place: Place | undefined;

  constructor({ connection, locator, field }: Reference) {
    this.connection = connection;
    this.locator = locator;
    this.field = field;
    this.fieldKey = field === undefined ? "" : JSON.stringify(field);
    this.canonical = canonicalLocator(locator);
  }

  /** The cache key that was last made for a session: a hit makes none. */
  cachedKey(session: LiveSession): string | undefined {
    return this.#session === session ? this.#key : undefined;
  }

  /** Remembers a cache key, and returns it. */
  cacheKey(session: LiveSession, key: string): string {
    this.#session = session;
    this.#key = key;
    this.#place = undefined;
    return key;
  }

  /** Where its document is stored, if it was found there with this session, and still is: a hit looks no key up. */
  cachedPlace(session: LiveSession): Place | undefined {
    return this.#session === session && this.#place?.entry !== undefined ? this.#place : undefined;
  }

  /** Remembers where the document is stored whose key was remembered last. */
  cachePlace(place: Place): void {
    this.#place = place;
  }
}

/** A name and the reference it stands for. */
export class Link {
  readonly name: string;
  readonly reference: string | null;
  readonly required: boolean;
  readonly enabled: boolean;
  readonly allowedDomains: readonly string[];
  #target: LinkTarget | undefined;
  /** Why the reference is invalid. */
  readonly error: SecretError | undefined;

  constructor(name: string, definition: LinkDefinition) {
    const record = typeof definition === "object" && definition !== null ? definition : { reference: definition };
    this.name = name;
    this.reference = record.reference;
    this.required = record.required ?? true;
    this.enabled = record.enabled ?? true;
    this.allowedDomains = record.allowedDomains ?? [];
    if (this.reference === null || schemeOf(this.reference) === undefined) return;
    try {
      this.#target = new LinkTarget(parseReference(this.reference));
    } catch (error) {
      // One invalid reference must not affect other links: this link alone is unresolved.
      if (!isSecretError(error)) throw error;
      this.error = error;
    }
  }

  /** Where it leads. Absent until `locate` for a vault's own identifier, which only its provider's plugin can parse. */
  get target(): LinkTarget | undefined {
    return this.#target;
  }

  /** Notes where it leads, and returns that. */
  setTarget(target: LinkTarget): LinkTarget {
    this.#target = target;
    return target;
  }

  /** The command that gives it another reference. */
  get relinkCommand(): string {
    return isPlainName(this.name) ? `vaultlink relink ${this.name}` : "vaultlink list";
  }

  /** Throws `unresolved` for a link that is disabled. */
  expectEnabled(): void {
    if (!this.enabled) throw new SecretError("unresolved", "The link is disabled.", { reason: "disabled" });
  }

  /** Its reference. Throws `unresolved` where it has none yet, and what is wrong with one that is invalid. */
  expectReference(): string {
    if (this.reference === null) {
      throw new SecretError("unresolved", "The name has no reference yet.", {
        reason: "unlinked",
        hint: this.relinkCommand,
      });
    }
    if (this.error !== undefined) throw this.error;
    return this.reference;
  }

  /** The target of an enabled link, if it is known. */
  get ready(): LinkTarget | undefined {
    return this.enabled ? this.#target : undefined;
  }
}

/** All links by name. */
export class Links {
  readonly #links = new Map<string, Link>();

  constructor(definitions: Readonly<Record<string, LinkDefinition>>) {
    for (const [name, definition] of Object.entries(definitions)) this.set(name, definition);
  }

  get(name: string): Link | undefined {
    return this.#links.get(name);
  }

  all(): Iterable<Link> {
    return this.#links.values();
  }

  /** Links a name, new or not. Throws `invalid_config` for an invalid name or definition. */
  set(name: string, definition: LinkDefinition): Link {
    assertName(name);
    assertLink(name, definition);
    const link = new Link(name, definition);
    this.#links.set(name, link);
    return link;
  }

  delete(name: string): void {
    this.#links.delete(name);
  }

  /** Gives a name another reference; what else was said of it stays. */
  relink(name: string, reference: string): void {
    const { allowedDomains, enabled, required } = this.#links.get(name) ?? new Link(name, null);
    this.set(name, { reference, required, enabled, allowedDomains });
  }

  /** Throws `invalid_config` for a name that is linked. */
  expectNew(name: string): void {
    const known = this.#links.get(name);
    if (known === undefined) return;
    const { relinkCommand: hint } = known;
    throw withLinkName(new SecretError("invalid_config", "This name is linked already.", { hint }), name, undefined);
  }

  /** The link, or `unresolved` with the closest name. */
  expect(name: string): Link {
    const link = this.#links.get(name);
    if (link !== undefined) return link;
    const near = closestMatch(name, this.#links.keys());
    const suggestion = near === undefined ? "." : `; did you mean ${near}?`;
    throw new SecretError("unresolved", `No link has this name${suggestion}`, {
      reason: "unlinked",
      hint: near !== undefined && isPlainName(near) ? `vaultlink get ${near}` : "vaultlink list",
    });
  }
}

/** Throws `invalid_reference` for what callers without types may pass instead of a name or a reference. */
export function expectText(given: unknown): asserts given is string {
  if (typeof given !== "string") throw new SecretError("invalid_reference", "A name or a reference is a string.");
}

function assertName(name: unknown): void {
  const bad =
    typeof name !== "string" ||
    name === "" ||
    name.length > 255 ||
    name !== name.trim() ||
    name.includes("://") ||
    /\p{Cc}/u.test(name);
  if (bad) {
    throw new SecretError(
      "invalid_config",
      "A link's name is a short text without control characters, not a reference.",
    );
  }
}
