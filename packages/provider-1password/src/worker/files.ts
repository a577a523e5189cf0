import type { Item } from "@1password/sdk";
import type { SecretError } from "@vaultlink/core/provider";
import { explain } from "../errors.ts";
import type { Ids, Wanted } from "../protocol.ts";
import { idsOf, withIds } from "../names/ambiguous.ts";
import { find, partsAt } from "../names/find.ts";
import { REFERENCE_ERRORS } from "../errors/reference.ts";
import { type Call, directoryOf } from "./account.ts";

/** The bytes of a file that is no text, which the SDK does not give by reference. */
export async function readBytes(
  call: Call,
  wanted: Wanted,
): Promise<{ readonly value: Uint8Array; readonly ids: Ids }> {
  const found = await find(directoryOf(call), wanted);
  if (found.kind !== "item") throw gone();
  const { id: itemId, vaultId } = found.item;
  return { value: await download(call, found.item, wanted.rest), ids: { vaultId, itemId, bytes: true } };
}

/** The same, of an item that is known. */
export async function readKnownBytes(call: Call, { vaultId, itemId }: Ids, rest: string): Promise<Uint8Array> {
  return download(call, await call((client) => client.items.get(vaultId, itemId)), rest);
}

async function download(call: Call, item: Item, rest: string): Promise<Uint8Array> {
  const attached = item.files.map(({ attributes, sectionId }) => ({ attributes, sectionId }));
  // The SDK gives null for none.
  const document = item.document ? [{ attributes: item.document, sectionId: "" }] : [];
  const all = [...attached, ...document].map(({ attributes, sectionId }) => ({
    ...{ id: attributes.id, title: attributes.name, sectionId, attributes },
  }));
  const files = partsAt(item, all, rest);
  const [found] = files;
  if (found === undefined) throw gone();
  if (files.length > 1) throw withIds(explain(REFERENCE_ERRORS, SEVERAL), idsOf(files));
  return call((client) => client.items.files.read(item.vaultId, item.id, found.attributes));
}

const SEVERAL = { text: "", type: "tooManyMatchingFields" } as const;

/** The file was there a moment ago. */
const gone = (): SecretError => explain(REFERENCE_ERRORS, { text: "file couldn't be found" });
