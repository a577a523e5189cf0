import type { SeedField, SeedSection } from "../onepassword/seed.ts";
import type { StoredFile, StoredItem, StoredVault } from "../onepassword/vaults.ts";
import { codeAt } from "./totp.ts";

/** A vault as lists and details have it. */
export function vaultRecord({ createdAt, id, items, name }: StoredVault): object {
  return {
    ...{ id, name, attributeVersion: 1, contentVersion: 1, items: items.size, type: "USER_CREATED" },
    ...{ createdAt: stamp(createdAt), updatedAt: stamp(createdAt) },
  };
}

/** An item as lists have it: without sections, fields and files. */
export function overviewRecord(item: StoredItem, vault: StoredVault): object {
  const { createdAt, id, state, title, updatedAt, version } = item;
  return {
    ...{ id, title, version, vault: { id: vault.id }, category: "LOGIN" },
    ...(state === "archived" && { state: "ARCHIVED" }),
    ...{ createdAt: stamp(createdAt), updatedAt: stamp(updatedAt), lastEditedBy: "SOMEBODY" },
  };
}

/** The whole item, with its one-time passwords of `now`, in ms. What is empty is left out, as the server does. */
export function itemRecord(item: StoredItem, vault: StoredVault, now: number): object {
  const named = item.sections.flatMap(({ id, title }) =>
    title === undefined ? [] : [{ id: id ?? title, label: title }],
  );
  return {
    ...overviewRecord(item, vault),
    sections: named,
    fields: item.sections.flatMap((section) => section.fields.map((field) => fieldRecord(field, section, now))),
    ...(item.files.length > 0 && { files: item.files.map((file) => fileRecord(file, item, vault)) }),
  };
}

export function fileRecord({ id, name, size }: StoredFile, item: StoredItem, vault: StoredVault): object {
  const path = `/v1/vaults/${vault.id}/items/${item.id}/files/${id}/content`;
  return { id, name, size, content_path: path };
}

function fieldRecord(
  { id, kind, label, value }: SeedField,
  { id: sectionId, title }: SeedSection,
  now: number,
): object {
  const once = value.startsWith("otpauth://");
  const code = once ? codeAt(value, now) : undefined;
  return {
    id: id ?? label,
    type: once ? "OTP" : kind === "sshKey" ? "SSHKEY" : "CONCEALED",
    label,
    ...(title !== undefined && { section: { id: sectionId ?? title } }),
    ...(value !== "" && { value }),
    ...(code !== undefined && { totp: code }),
  };
}

const stamp = (ms: number): string => new Date(ms).toISOString();
