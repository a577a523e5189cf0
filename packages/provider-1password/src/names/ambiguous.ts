import type { Failure } from "../errors.ts";
import type { Wanted } from "../protocol.ts";
import { Refused } from "../refused.ts";
import type { Directory, ItemParts } from "./directory.ts";
import { fieldsAt, find, isOutside, partsAt } from "./find.ts";

/** What a reference may hold, blanks included; a section's or field's id may be any text, and is then not shown. */
const SHOWN = /^(?! )[\w.\- ]{1,64}(?<! )$/;
const MOST = 10;

/** The failure with the ids of everything the name fits. If they cannot be had, the failure as it is. */
export async function listFitting(directory: Directory<ItemParts>, wanted: Wanted, failure: Failure): Promise<Failure> {
  try {
    const found = await find(directory, wanted);
    return withIds(failure, found.kind === "item" ? idsOf(inItem(found.item, wanted.rest)) : found.ids);
  } catch (thrown) {
    if (thrown instanceof Refused) return failure;
    throw thrown;
  }
}

/** Fields and files that a path fits. */
function inItem(item: ItemParts, rest: string): ItemParts["fields"] {
  const files = item.files.map(({ attributes: { id, name }, sectionId }) => ({
    ...{ id, title: name },
    ...(sectionId !== undefined && { sectionId }),
  }));
  return [...fieldsAt(item, rest), ...partsAt(item, files, rest)];
}

/** Ids of fields as a reference has them, their sections before them; without one where they stand outside any. */
export function idsOf(fields: ItemParts["fields"]): readonly string[] {
  return fields.map((field) => (isOutside(field) ? field.id : `${field.sectionId}/${field.id}`));
}

/** The failure with these ids. */
export function withIds(failure: Failure, all: readonly string[]): Failure {
  const ids = all.filter((id) => id.split("/").every((part) => SHOWN.test(part)));
  if (ids.length < 2) return failure;
  const shown = ids.slice(0, MOST).join(", ");
  const more = ids.length > MOST ? `, and ${ids.length - MOST} more` : "";
  return {
    ...failure,
    message: `${failure.message} Write one of the ids in its place: ${shown}${more}.`,
    details: { ...failure.details, hint: "vaultlink relink <name> <reference with the id>" },
  };
}
