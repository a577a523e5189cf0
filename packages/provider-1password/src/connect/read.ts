import { idsOf, withIds } from "../names/ambiguous.ts";
import type { Directory, ItemParts } from "../names/directory.ts";
import { fieldsAt, find, hasSection, partsAt, placeOf } from "../names/find.ts";
import type { Outcome, Wanted } from "../protocol.ts";
import { type Api, lacking } from "./api.ts";
import type { ConnectField, ConnectFile, ConnectItem } from "./item.ts";
import { toOpenSsh } from "./openssh.ts";

/** Reads by names, and says which item they meant. */
export async function readByNames(
  api: Api,
  directory: Directory<ConnectItem>,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Outcome> {
  const found = await find(directory, wanted);
  if (found.kind !== "item") {
    const { ids, kind } = found;
    if (ids.length === 0) throw lacking(kind === "vaults" ? "vaultNotFound" : "itemNotFound");
    throw withIds(lacking(kind === "vaults" ? "tooManyVaults" : "tooManyItems"), ids);
  }
  const { item } = found;
  const ids = { vaultId: item.vaultId, itemId: item.id, bytes: false };
  return { ok: true, value: await readPlace(api, item, wanted.rest, signal), ids };
}

/** The field or file of an item that a path names, in the form it asks for. */
export async function readPlace(
  api: Api,
  item: ConnectItem,
  rest: string,
  signal: AbortSignal,
): Promise<string | Uint8Array> {
  const { section } = placeOf(rest);
  if (section !== undefined && !hasSection(item, section)) throw lacking("noMatchingSections");
  const fields = fieldsAt(item, rest);
  const files = partsAt(item, item.files.map(named), rest);
  // A reference says not which of the two it means.
  if (fields.length + files.length > 1) {
    throw withIds(lacking("tooManyMatchingFields"), idsOf([...fields, ...files]));
  }
  const [[field], [found]] = [fields, files];
  if (field !== undefined) return valueOf(field, new URLSearchParams(rest.split("?")[1] ?? ""));
  if (found === undefined) throw lacking("fieldNotFound");
  return textOrBytes(await api.content(item, found.file, signal));
}

function valueOf({ code, makesCodes, value }: ConnectField, query: URLSearchParams): string {
  const [once, openSsh] = [query.has("attribute"), query.has("ssh-format")];
  if (once && openSsh) throw lacking("parsing");
  if (once) {
    if (!makesCodes) throw lacking("incompatibleTOTPQueryParameterField");
    if (code === undefined) throw lacking("unableToGenerateTotpCode");
    return code;
  }
  if (!openSsh) return value;
  if (!value.startsWith("-----BEGIN ")) throw lacking("incompatibleSshKeyQueryParameterField");
  const key = toOpenSsh(value);
  if (key === undefined) throw lacking("unableToParsePrivateKey");
  return key;
}

/** A file, by what a reference calls it. */
function named(file: ConnectFile): ItemParts["fields"][number] & { readonly file: ConnectFile } {
  const { attributes, sectionId } = file;
  return { id: attributes.id, title: attributes.name, ...(sectionId !== undefined && { sectionId }), file };
}

function textOrBytes(content: Buffer): string | Uint8Array {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return new Uint8Array(content);
  }
}
