import type { Ids, Wanted } from "../protocol.ts";
import type { Directory, ItemParts, Listing } from "./directory.ts";
import { fitting, isId, same } from "./find.ts";
import { lackingNames } from "./ambiguous.ts";

/**
 * The version of an item: when it last changed, in ISO 8601. 1Password has none of single fields, so that a change of any
 * field counts. Lists tell it without values.
 */
export async function versionOf(
  directory: Directory<ItemParts>,
  { vault, item }: Wanted,
  ids: Ids | undefined,
): Promise<string> {
  if (ids !== undefined) {
    const known = (await directory.items(ids.vaultId)).find(({ id }) => same(id, ids.itemId));
    if (known !== undefined) return stamp(known);
  }
  const vaults = fitting(await directory.vaults(), vault);
  const [vaultId] = vaults;
  if (vaultId === undefined || vaults.length > 1) throw lackingNames("vaults", vaults);
  // One item by its id would come with its values.
  const all = await directory.items(vaultId, isId(item) ? undefined : item);
  const items = fitting(all, item);
  const found = all.find(({ id }) => id === items[0]);
  if (found === undefined || items.length > 1) throw lackingNames("items", items);
  return stamp(found);
}

/** The SDK gives a date, or the text of one. */
const stamp = ({ updatedAt }: Listing): string => new Date(updatedAt).toISOString();
