/** What has an id, and a name that need not be its own alone. */
export interface Named {
  readonly id: string;
  readonly title: string;
}

/** The same, as a list tells it. */
export interface Listing extends Named {
  readonly updatedAt: Date;
}

/** What an item holds, without the values. */
export interface ItemParts {
  readonly sections: readonly Named[];
  readonly fields: ReadonlyArray<Named & { readonly sectionId?: string }>;
  readonly files: ReadonlyArray<{
    readonly attributes: { readonly id: string; readonly name: string };
    readonly sectionId?: string;
  }>;
  readonly updatedAt: Date;
}

/** What lies on the way from names to a field, whoever is asked. */
export interface Directory<Item extends ItemParts> {
  readonly vaults: () => Promise<readonly Listing[]>;
  /** The items of a vault; with `name`, at least those that have it as their id or title. */
  readonly items: (vaultId: string, name?: string) => Promise<readonly Listing[]>;
  readonly item: (vaultId: string, itemId: string) => Promise<Item>;
}
