import type { Listed } from "../protocol.ts";
import type { Directory, ItemParts, Listing } from "./directory.ts";
import { same } from "./find.ts";

/** What a reference may hold; anything else is listed by its id. */
const PLAIN = /^[\w.\- ]{1,512}$/;

/** Lists the vaults, the items of a vault, or the fields of an item. An unknown folder is empty. Throws `Refused`. */
export async function list(directory: Directory<ItemParts>, folder: readonly string[]): Promise<readonly Listed[]> {
  const [vault, item] = folder;
  const vaults = named(await directory.vaults());
  if (vault === undefined) return vaults.map((each) => entry([each.name], each.updatedAt, true));
  const inVault = vaults.find(({ id, name }) => same(id, vault) || same(name, vault));
  if (inVault === undefined) return [];
  const items = named(await directory.items(inVault.id));
  if (item === undefined) return items.map((each) => entry([vault, each.name], each.updatedAt, true));
  const inItem = items.find(({ id, name }) => same(id, item) || same(name, item));
  if (inItem === undefined) return [];
  const { fields, files, sections, updatedAt } = await directory.item(inVault.id, inItem.id);
  const inside = [
    ...fields.map(({ id, sectionId, title }) => ({ id, title, section: sectionId })),
    ...files.map(({ attributes, sectionId }) => ({ id: attributes.id, title: attributes.name, section: sectionId })),
  ];
  const twice = repeated(inside);
  return inside.flatMap(({ id, section, title }) => {
    const plain = PLAIN.test(title) && !twice.has(title.toLowerCase());
    const known = plain ? undefined : sections.find((each) => each.id === section);
    const path = [vault, item, ...(known === undefined ? [] : [known.id]), plain ? title : id];
    return path.every((part) => PLAIN.test(part)) ? [entry(path, updatedAt, false)] : [];
  });
}

/** Each with what a reference may call it: its title, where that is plain and no other has it, else its id. */
function named(all: readonly Listing[]): readonly { id: string; name: string; updatedAt: Date }[] {
  const twice = repeated(all);
  return all.map(({ id, title, updatedAt }) => ({
    id,
    updatedAt,
    name: PLAIN.test(title) && !twice.has(title.toLowerCase()) ? title : id,
  }));
}

function repeated(all: readonly { readonly title: string }[]): ReadonlySet<string> {
  const titles = all.map(({ title }) => title.toLowerCase());
  return new Set(titles.filter((title, index) => titles.indexOf(title) !== index));
}

function entry(path: readonly string[], updatedAt: Date, folder: boolean): Listed {
  return { path: `${path.join("/")}${folder ? "/" : ""}`, folder, updatedAt: new Date(updatedAt).getTime() };
}
