import { assertLink } from "./settings.ts";
import { isPlainName, isSecretError, SecretError } from "./errors/secret-error.ts";
import { closestMatch } from "./closest-match.ts";
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
  #cachedKey: { readonly owner: object; readonly key: string } | undefined;

  constructor({ connection, locator, field }: Reference) {
    this.connection = connection;
    this.locator = locator;
    this.field = field;
    this.fieldKey = field === undefined ? "" : JSON.stringify(field);
    this.canonical = canonicalLocator(locator);
  }

  /** The cache key that was last made for `owner`, a session: a hit makes none. */
  cachedKey(owner: object): string | undefined {
    return this.#cachedKey?.owner === owner ? this.#cachedKey.key : undefined;
  }

  /** Remembers a cache key, and returns it. */
  cacheKey(owner: object, key: string): string {
    this.#cachedKey = { owner, key };
    return key;
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
    return `vaultlink relink ${isPlainName(this.name) ? this.name : "<name>"} <reference>`;
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

  /** The link, or `unresolved` with the closest name. */
  expect(name: string): Link {
    const link = this.#links.get(name);
    if (link !== undefined) return link;
    const near = closestMatch(name, this.#links.keys());
    const suggestion = near === undefined ? "." : `; did you mean ${near}?`;
    throw new SecretError("unresolved", `No link has this name${suggestion}`, {
      reason: "unlinked",
      hint: near === undefined ? "vaultlink list" : `vaultlink get ${isPlainName(near) ? near : "<name>"}`,
    });
  }
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
