import { type Locator, type SecretDocument, SecretError } from "@vaultlink/core";

/** What `put` may say beside the value. */
export interface PutOptions {
  /** When the value lapses, in ms since the epoch. */
  readonly expiresAt?: number;
  /** Makes each read create a lease that lasts this many ms. */
  readonly leaseMs?: number;
}

/** One stored version. */
export interface Stored extends PutOptions {
  readonly value: SecretDocument["value"];
}

interface Item {
  readonly versions: Stored[];
  disabled: boolean;
}

/** The documents of a memory vault: each path has versions, counted from 1. A second name leads to the same document. */
export class Documents {
  readonly #items = new Map<string, Item>();

  put(path: string, stored: Stored): void {
    const item = this.#items.get(path);
    if (item) item.versions.push(stored);
    else this.#items.set(path, { versions: [stored], disabled: false });
  }

  /** Gives a document a second name. */
  alias(name: string, path: string): void {
    this.#items.set(name, this.#items.get(path) ?? missing());
  }

  delete(path: string): void {
    this.#items.delete(path);
  }

  /** Keeps a document, and gives it to nobody. */
  disable(path: string, disabled: boolean): void {
    (this.#items.get(path) ?? missing()).disabled = disabled;
  }

  /** The current version, or the one that the locator names. Throws as a vault refuses. */
  find({ path, query }: Locator): { readonly stored: Stored; readonly version: string } {
    const item = this.#items.get(path) ?? missing();
    if (item.disabled) throw new SecretError("unusable", "The document is disabled.", { reason: "disabled" });
    const version = query["version"] ?? String(item.versions.length);
    const stored = item.versions[Number(version) - 1] ?? missing();
    return { stored, version };
  }

  paths(): string[] {
    return [...this.#items.keys()].toSorted();
  }

  isDisabled(path: string): boolean {
    return this.#items.get(path)?.disabled ?? false;
  }
}

/** Throws `invalid_reference` for what this vault could never hold. Checked before anything is asked. */
export function checkLocator({ path, query }: Locator): void {
  const known = Object.keys(query).every((name) => name === "version");
  const version = query["version"];
  if (path !== "" && known && (version === undefined || /^[1-9]\d{0,8}$/.test(version))) return;
  throw new SecretError(
    "invalid_reference",
    "The locator can name nothing here: a path, and a version from 1, is all it has.",
  );
}

function missing(): never {
  throw new SecretError("not_found", "Nothing exists at this path.");
}
