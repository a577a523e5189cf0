import type { Wanted } from "../protocol.ts";
import type { Directory, ItemParts, Named } from "./directory.ts";

/** What a reference fits, as far as it fits anything: more than one of a kind is what makes it ambiguous. */
export type Found<Item> =
  | { readonly kind: "vaults"; readonly ids: readonly string[] }
  | { readonly kind: "items"; readonly vaultId: string; readonly ids: readonly string[] }
  | { readonly kind: "item"; readonly item: Item };

/** Goes through the names of a reference as the SDK does, id first, names in any case. */
export async function find<Item extends ItemParts>(
  directory: Directory<Item>,
  { vault, item }: Wanted,
): Promise<Found<Item>> {
  const vaults = fitting(await directory.vaults(), vault);
  const vaultId = vaults[0];
  if (vaultId === undefined || vaults.length > 1) return { kind: "vaults", ids: vaults };
  const items = fitting(await directory.items(vaultId, item), item);
  const itemId = items[0];
  if (itemId === undefined || items.length > 1) return { kind: "items", vaultId, ids: items };
  return { kind: "item", item: await directory.item(vaultId, itemId) };
}

/** The section that holds what a person sees outside any. */
const OUTSIDE = "add more";

/** Whether a part of an item stands outside any section. */
export const isOutside = ({ sectionId }: { readonly sectionId?: string }): boolean =>
  sectionId === undefined || sectionId === "" || same(sectionId, OUTSIDE);

/** The fields of an item that a path fits: `field`, or `section/field`. */
export function fieldsAt<Item extends ItemParts>(item: Item, rest: string): ReadonlyArray<Item["fields"][number]> {
  return partsAt(item, item.fields, rest);
}

/**
 * The same of other parts of an item, such as its files. As the SDK does it: a section is meant by its id as well as by its
 * title; where none is named, what stands outside any section counts before what stands in one.
 */
export function partsAt<Part extends ItemParts["fields"][number]>(
  { sections: all }: ItemParts,
  parts: readonly Part[],
  rest: string,
): readonly Part[] {
  const { name, section } = placeOf(rest);
  const called = parts.filter(({ id, title }) => same(title, name) || same(id, name));
  if (section === undefined) {
    const outside = called.filter(isOutside);
    return outside.length > 0 ? outside : called;
  }
  const sections = new Set(sectionsAt(all, section));
  const outside = same(section, OUTSIDE);
  return called.filter(
    (part) => (part.sectionId !== undefined && sections.has(part.sectionId)) || (outside && isOutside(part)),
  );
}

/** Ids of the sections that a name fits: by id and by title alike. */
export function sectionsAt(all: ItemParts["sections"], name: string): readonly string[] {
  return all.filter(({ id, title }) => same(id, name) || same(title, name)).map(({ id }) => id);
}

/** Whether an item has such a section, be it that of what stands outside any. */
export function hasSection({ sections, fields }: ItemParts, name: string): boolean {
  return sectionsAt(sections, name).length > 0 || (same(name, OUTSIDE) && fields.some(isOutside));
}

/** The place that a path names inside an item. */
export function placeOf(rest: string): { readonly name: string; readonly section?: string } {
  const [first = "", second] = (rest.split("?")[0] ?? "").split("/");
  return second === undefined ? { name: first } : { name: second, section: first };
}

/** Ids of what a name fits: the id itself, or else every title that reads so. */
export function fitting(all: readonly Named[], name: string): readonly string[] {
  const byId = all.filter(({ id }) => same(id, name));
  return (byId.length > 0 ? byId : all.filter(({ title }) => same(title, name))).map(({ id }) => id);
}

/** Names count in any case. */
export function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** What an id of a vault or an item looks like: 128 bits in base32. A title may look so too. */
export const isId = (name: string): boolean => /^[a-z2-7]{26}$/i.test(name);

/** What the SDK takes for one. */
export const looksLikeId = (name: string): boolean => /^[a-z\d]{26}$/i.test(name);
