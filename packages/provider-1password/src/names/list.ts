import type { Listed } from "../protocol.ts";
import type { Directory, ItemParts, Listing as Described } from "./directory.ts";
import { same } from "./find.ts";

/** What a reference may hold; anything else is listed by its id. */
const PLAIN = /^[\w.\- ]{1,512}$/;

/** What is listed: the folder, and the ids of its vault and item as far as they are known, which saves looking for them. */
export interface Listing {
  readonly folder: readonly string[];
  readonly ids?: readonly string[];
}

/** Lists the vaults, the items of a vault, or the fields of an item. An unknown folder is empty. */
export async function list(directory: Directory<ItemParts>, { folder, ids }: Listing): Promise<readonly Listed[]> {
  const [vault, item] = folder;
  if (vault === undefined) {
    return named(await directory.vaults()).map((each) => folderEntry("vault", [each.name], each, [each.id]));
  }
  const vaultId = ids?.[0] ?? idOf(await directory.vaults(), vault);
  if (vaultId === undefined) return [];
  if (item === undefined) {
    const items = named(await directory.items(vaultId));
    return items.map((each) => folderEntry("item", [vault, each.name], each, [vaultId, each.id]));
  }
  const itemId = ids?.[1] ?? idOf(await directory.items(vaultId), item);
  return itemId === undefined ? [] : fieldsIn(await directory.item(vaultId, itemId), vault, item);
}

function fieldsIn({ fields, files, sections, updatedAt }: ItemParts, vault: string, item: string): readonly Listed[] {
  const inside = [
    ...fields.map(({ id, sectionId, title }) => ({ id, title, section: sectionId })),
    ...files.map(({ attributes, sectionId }) => ({ id: attributes.id, title: attributes.name, section: sectionId })),
  ];
  const twice = repeated(inside);
  return inside.flatMap(({ id, section, title }) => {
    const plain = PLAIN.test(title) && !twice.has(title.toLowerCase());
    const known = plain ? undefined : sections.find((each) => each.id === section);
    const path = [vault, item, ...(known === undefined ? [] : [known.id]), plain ? title : id];
    return path.every((part) => PLAIN.test(part))
      ? [{ kind: "field", path: path.join("/"), ids: [], updatedAt: msOf(updatedAt), ...(!plain && { title }) }]
      : [];
  });
}

const idOf = (all: readonly Described[], wanted: string): string | undefined =>
  named(all).find(({ id, name }) => same(id, wanted) || same(name, wanted))?.id;

/** What has a name that a reference can hold. */
interface Nameable extends Described {
  readonly name: string;
}

/** Each with what a reference may call it: its title, where that is plain and no other has it, else its id. */
function named(all: readonly Described[]): readonly Nameable[] {
  const twice = repeated(all);
  return all.map((each) => ({
    ...each,
    name: PLAIN.test(each.title) && !twice.has(each.title.toLowerCase()) ? each.title : each.id,
  }));
}

function repeated(all: readonly { readonly title: string }[]): ReadonlySet<string> {
  const titles = all.map(({ title }) => title.toLowerCase());
  return new Set(titles.filter((title, index) => titles.indexOf(title) !== index));
}

function folderEntry(
  kind: "vault" | "item",
  path: readonly string[],
  { name, title, updatedAt }: Nameable,
  ids: readonly string[],
): Listed {
  const shown = name === title ? {} : { title };
  return { kind, path: `${path.join("/")}/`, ids, updatedAt: msOf(updatedAt), ...shown };
}

/** The SDK gives a date, or the text of one. */
const msOf = (updatedAt: Date): number => new Date(updatedAt).getTime();
