import type { Item, ItemField, ItemOverview } from "@1password/sdk";
import type { Wanted } from "../protocol.ts";
import type { Call } from "./account.ts";

/** What a reference fits, as far as it fits anything: more than one of a kind is what makes it ambiguous. */
export type Found =
  | { readonly kind: "vaults"; readonly ids: readonly string[] }
  | { readonly kind: "items"; readonly vaultId: string; readonly ids: readonly string[] }
  | { readonly kind: "item"; readonly item: Item };

/** Goes through the names of a reference as the SDK does, id first, names in any case. */
export async function find(call: Call, { vault, item }: Wanted): Promise<Found> {
  const vaults = fitting(await call((client) => client.vaults.list()), vault);
  const vaultId = vaults[0];
  if (vaultId === undefined || vaults.length > 1) return { kind: "vaults", ids: vaults };
  const overviews: readonly ItemOverview[] = await call((client) => client.items.list(vaultId));
  const items = fitting(overviews, item);
  const itemId = items[0];
  if (itemId === undefined || items.length > 1) return { kind: "items", vaultId, ids: items };
  return { kind: "item", item: await call((client) => client.items.get(vaultId, itemId)) };
}

/** The fields of an item that a path fits: `field`, or `section/field`. */
export function fieldsAt(item: Item, rest: string): readonly ItemField[] {
  const [first = "", second] = (rest.split("?")[0] ?? "").split("/");
  const field = second ?? first;
  const sections = second === undefined ? undefined : new Set(fitting(item.sections, first));
  return item.fields.filter(
    (each) =>
      (same(each.title, field) || same(each.id, field)) &&
      (sections === undefined || (each.sectionId !== undefined && sections.has(each.sectionId))),
  );
}

function fitting(all: readonly { readonly id: string; readonly title: string }[], name: string): readonly string[] {
  const byId = all.filter(({ id }) => same(id, name));
  return (byId.length > 0 ? byId : all.filter(({ title }) => same(title, name))).map(({ id }) => id);
}

/** Names count in any case. */
export function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
