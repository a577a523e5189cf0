import { rotate } from "./account.ts";
import { plainItem, type ItemState, type SeedItem } from "./seed.ts";
import type { OnePasswordState } from "./state.ts";

/** What people do with their vaults behind the clients' backs. Vaults and items are named by name. */
export interface OnePasswordControls {
  /** Adds an item, of plain fields or as it is given; one of the same title stays beside it. Returns its id. */
  readonly put: (vault: string, item: SeedItem | string, fields?: Readonly<Record<string, string>>) => string;
  /** Gives a field outside any section another value. */
  readonly change: (vault: string, item: string, field: string, value: string) => void;
  readonly rename: (vault: string, item: string, title: string) => void;
  /** Archives or restores an item. */
  readonly setState: (vault: string, item: string, state: ItemState) => void;
  /** Removes an item with all that is known of it. */
  readonly remove: (vault: string, item: string) => void;
  readonly addVault: (name: string, accounts: readonly string[]) => string;
  /** Takes a vault away from a service account. */
  readonly deny: (account: string, vault: string) => void;
  /** Id of a vault, or of an item in it. */
  readonly idOf: (vault: string, item?: string) => string;
  /** Ends a service account's token and its sessions. */
  readonly revoke: (account: string) => void;
  /** Forgets sessions, of one service account or all: the clients sign in again. */
  readonly expire: (account?: string) => void;
  /** Gives a service account new keys: the same account with another token, which `tokenOf` gives. */
  readonly rotate: (account: string) => void;
}

export function onePasswordControls(state: OnePasswordState): OnePasswordControls {
  const { vaults, accounts, access, sessions } = state;
  const accessOf = (label: string): { readonly vaults: Set<string> } => {
    const found = access.get(label);
    if (found === undefined) throw new Error("There is no such service account.");
    return found;
  };
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
    addVault: (name, labels) => {
      const { id } = vaults.add({ name, items: [] });
      for (const label of labels) accessOf(label).vaults.add(id);
      return id;
    },
    deny: (label, vault) => void accessOf(label).vaults.delete(vaults.named(vault).id),
    idOf: (vault, item) => (item === undefined ? vaults.named(vault) : vaults.item(vault, item)).id,
    revoke: (label) => {
      state.revoked.add(label);
      sessions.end(label);
    },
    expire: (label) => sessions.end(label),
    rotate: (label) => {
      const account = accounts.get(label);
      if (account === undefined) throw new Error("There is no such service account.");
      sessions.end(label);
      state.revoked.delete(label);
      accounts.set(label, rotate(account, state.ids));
    },
  };
}
