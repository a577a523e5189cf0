import { isJsonObject, type JsonObject } from "@vaultlink/core/provider";
import type { ItemParts, Listing } from "../names/directory.ts";
import { FOREIGN } from "./error-rules.ts";
import { refused } from "./transport.ts";

/** A field, with its value. */
export interface ConnectField {
  readonly id: string;
  readonly title: string;
  readonly sectionId?: string;
  readonly value: string;
  /** Whether it makes one-time passwords, and the one of now, which the server makes. */
  readonly makesCodes: boolean;
  readonly code?: string;
}

export interface ConnectFile {
  readonly attributes: { readonly id: string; readonly name: string; readonly size: number };
  readonly sectionId?: string;
}

/** An item as a Connect server gives it, in the words of the SDK. */
export interface ConnectItem extends ItemParts {
  readonly id: string;
  readonly vaultId: string;
  readonly state: "active" | "archived" | "deleted";
  readonly fields: readonly ConnectField[];
  readonly files: readonly ConnectFile[];
}

/** Reads what lists tell. Throws `unavailable` for what no Connect server says. */
export function toListing(raw: JsonObject, name: "name" | "title"): Listing {
  return { id: idOf(raw), title: textOf(raw[name]), updatedAt: new Date(textOf(raw["updatedAt"])) };
}

/** Reads an item. Throws `unavailable` for what no Connect server says. */
export function toItem(raw: JsonObject, vaultId: string): ConnectItem {
  return {
    id: idOf(raw),
    vaultId,
    state: stateOf(raw["state"]),
    updatedAt: new Date(textOf(raw["updatedAt"])),
    sections: listOf(raw["sections"]).map((section) => ({ id: idOf(section), title: textOf(section["label"]) })),
    fields: listOf(raw["fields"]).map(toField),
    files: listOf(raw["files"]).map(toFile),
  };
}

function toField(raw: JsonObject): ConnectField {
  const { label, totp, type, value } = raw;
  return {
    id: idOf(raw),
    title: textOf(label),
    ...sectionOf(raw),
    value: textOf(value),
    // The description has TOTP, the vendor's clients OTP.
    makesCodes: type === "OTP" || type === "TOTP",
    ...(typeof totp === "string" && totp !== "" && { code: totp }),
  };
}

function toFile(raw: JsonObject): ConnectFile {
  const { name, size } = raw;
  if (typeof size !== "number") throw refused({ text: FOREIGN });
  return { attributes: { id: idOf(raw), name: textOf(name), size }, ...sectionOf(raw) };
}

function sectionOf({ section }: JsonObject): { readonly sectionId?: string } {
  return isJsonObject(section) && typeof section["id"] === "string" ? { sectionId: section["id"] } : {};
}

function stateOf(state: unknown): ConnectItem["state"] {
  if (state === undefined) return "active";
  return state === "ARCHIVED" ? "archived" : "deleted";
}

function idOf({ id }: JsonObject): string {
  if (typeof id !== "string" || id === "") throw refused({ text: FOREIGN });
  return id;
}

/** A text; what is empty is left out by the server. */
function textOf(held: unknown): string {
  if (held === undefined || held === null) return "";
  if (typeof held !== "string") throw refused({ text: FOREIGN });
  return held;
}

function listOf(held: unknown): readonly JsonObject[] {
  if (held === undefined || held === null) return [];
  if (!Array.isArray(held) || !held.every(isJsonObject)) throw refused({ text: FOREIGN });
  return held;
}
