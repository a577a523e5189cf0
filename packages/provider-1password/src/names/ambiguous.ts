import { isSecretError, SecretError } from "@vaultlink/core/provider";
import { explain } from "../errors.ts";
import type { Wanted } from "../protocol.ts";
import type { Directory, ItemParts } from "./directory.ts";
import { fieldsAt, find, isOutside, partsAt } from "./find.ts";
import { REFERENCE_ERRORS } from "../errors/reference.ts";

/** What a reference may hold, blanks included; a section's or field's id may be any text, and is then not shown. */
const SHOWN = /^(?! )[\w.\- ]{1,64}(?<! )$/;
const MOST = 10;

/** The error with the ids of everything the name fits. If they cannot be had, the error as it is. */
export async function listFitting(
  directory: Directory<ItemParts>,
  wanted: Wanted,
  error: SecretError,
): Promise<SecretError> {
  try {
    const found = await find(directory, wanted);
    return withIds(error, found.kind === "item" ? idsOf(inItem(found.item, wanted.rest)) : found.ids);
  } catch (thrown) {
    if (isSecretError(thrown)) return error;
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

/** The error with these ids. */
export function withIds(error: SecretError, all: readonly string[]): SecretError {
  const ids = all.filter((id) => id.split("/").every((part) => SHOWN.test(part)));
  if (ids.length < 2) return error;
  const shown = ids.slice(0, MOST).join(", ");
  const more = ids.length > MOST ? `, and ${ids.length - MOST} more` : "";
  return new SecretError(error.code, `${error.message} Write one of the ids in its place: ${shown}${more}.`, {
    ...error.details,
    hint: "vaultlink relink <name> <reference with the id>",
  });
}

/** What is wrong with names of a vault or an item that fit nothing, or several things. */
export function lackingNames(kind: "vaults" | "items", ids: readonly string[]): SecretError {
  const several = { vaults: "tooManyVaults", items: "tooManyItems" } as const;
  const none = { vaults: "vaultNotFound", items: "itemNotFound" } as const;
  const type = (ids.length > 1 ? several : none)[kind];
  return withIds(explain(REFERENCE_ERRORS, { text: "", type }), ids);
}
