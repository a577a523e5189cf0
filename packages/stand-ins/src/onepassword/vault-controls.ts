import { type ItemState, plainItem, type SeedItem } from "./seed.ts";
import type { Vaults } from "./vaults.ts";

/** What people do with their vaults behind the clients' backs. Vaults and items are named by name. */
export interface VaultControls {
  /** Adds an item, of plain fields or as it is given; one of the same title stays beside it. Returns its id. */
  readonly put: (vault: string, item: SeedItem | string, fields?: Readonly<Record<string, string>>) => string;
  /** Gives a field outside any section another value. */
  readonly change: (vault: string, item: string, field: string, value: string) => void;
  readonly rename: (vault: string, item: string, title: string) => void;
  /** Archives or restores an item. */
  readonly setState: (vault: string, item: string, state: ItemState) => void;
  /** Removes an item with all that is known of it. */
  readonly remove: (vault: string, item: string) => void;
  readonly addVault: (name: string, readers: readonly string[]) => string;
  /** Takes a vault away from somebody. */
  readonly deny: (reader: string, vault: string) => void;
  /** Id of a vault, or of an item in it. */
  readonly idOf: (vault: string, item?: string) => string;
}

/** `seenBy` gives the ids of the vaults that somebody sees, and throws for whoever does not exist. */
export function vaultControls(vaults: Vaults, seenBy: (reader: string) => Set<string>): VaultControls {
  return {
    put: (vault, item, fields = {}) =>
      vaults.put(vaults.named(vault), typeof item === "string" ? plainItem(item, fields) : item).id,
    change: (vault, title, label, value) => {
      const item = vaults.item(vault, title);
      item.sections = item.sections.map((section) => ({
        ...section,
        fields: section.fields.map((field) => (field.label === label ? { ...field, value } : field)),
      }));
      vaults.touch(item);
    },
    rename: (vault, item, title) => {
      const found = vaults.item(vault, item);
      found.title = title;
      vaults.touch(found);
    },
    setState: (vault, item, itemState) => {
      const found = vaults.item(vault, item);
      found.state = itemState;
      vaults.touch(found);
    },
    remove: (vault, item) => void vaults.named(vault).items.delete(vaults.item(vault, item).id),
    addVault: (name, readers) => {
      const { id } = vaults.add({ name, items: [] });
      for (const reader of readers) seenBy(reader).add(id);
      return id;
    },
    deny: (reader, vault) => void seenBy(reader).delete(vaults.named(vault).id),
    idOf: (vault, item) => (item === undefined ? vaults.named(vault) : vaults.item(vault, item)).id,
  };
}
