import type { Clock } from "../kit/clock.ts";
import type { Ids } from "../kit/ids.ts";
import { idOf } from "./encoding.ts";
import { encrypt } from "./envelope.ts";
import type { ItemState, SeedFile, SeedItem, SeedSection, SeedVault } from "./seed.ts";

/** A file as it is stored. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly content: Buffer;
  /** The same, encrypted under its own key. */
  readonly bytes: Buffer;
  readonly size: number;
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
}

/** An item as it is stored. */
export interface StoredItem {
  readonly id: string;
  title: string;
  sections: readonly SeedSection[];
  state: ItemState;
  version: number;
  readonly createdAt: number;
  updatedAt: number;
  readonly files: readonly StoredFile[];
}

/** A vault as it is stored. */
export interface StoredVault {
  readonly id: string;
  name: string;
  readonly key: Uint8Array;
  readonly items: Map<string, StoredItem>;
  readonly createdAt: number;
}

/** Every vault of the account, by id. */
export class Vaults {
  readonly #vaults = new Map<string, StoredVault>();
  readonly #ids: Ids;
  readonly #clock: Clock;

  constructor(seeds: readonly SeedVault[], ids: Ids, clock: Clock) {
    this.#ids = ids;
    this.#clock = clock;
    for (const seed of seeds) this.add(seed);
  }

  get all(): readonly StoredVault[] {
    return [...this.#vaults.values()];
  }

  byId(id: string): StoredVault | undefined {
    return this.#vaults.get(id);
  }

  /** The vault of a name. Throws if a test names one that is not there. */
  named(name: string): StoredVault {
    const found = this.all.find((vault) => vault.name === name);
    if (found === undefined) throw new Error("There is no such vault.");
    return found;
  }

  /** The first item of a title, deleted or not. Throws if a test names one that is not there. */
  item(vault: string, title: string): StoredItem {
    const found = [...this.named(vault).items.values()].find((item) => item.title === title);
    if (found === undefined) throw new Error("There is no such item.");
    return found;
  }

  add({ name, items }: SeedVault): StoredVault {
    const vault: StoredVault = {
      id: this.#newId(),
      name,
      key: this.#ids.bytes(32),
      items: new Map(),
      createdAt: this.#clock.now(),
    };
    this.#vaults.set(vault.id, vault);
    for (const item of items) this.put(vault, item);
    return vault;
  }

  /** Adds an item; one of the same title stays beside it. */
  put(vault: StoredVault, { title, sections, state = "active", files = [] }: SeedItem): StoredItem {
    const now = this.#clock.now();
    const stored = files.map((file) => this.#file(file));
    const id = this.#newId();
    const item = { id, title, sections, state, version: 1, createdAt: now, updatedAt: now, files: stored };
    vault.items.set(id, item);
    return item;
  }

  /** Notes that an item was changed. */
  touch(item: StoredItem): void {
    item.version += 1;
    item.updatedAt = this.#clock.now();
  }

  #file({ name, content }: SeedFile): StoredFile {
    const [key, nonce] = [this.#ids.bytes(32), this.#ids.bytes(12)];
    const plain = Buffer.from(content as string);
    const bytes = encrypt(key, nonce, plain);
    return { id: this.#newId(), name, content: plain, bytes, size: plain.byteLength, key, nonce };
  }

  #newId(): string {
    return idOf(this.#ids.bytes(16)).toLowerCase();
  }
}
