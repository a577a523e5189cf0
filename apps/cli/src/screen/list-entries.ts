import type { ListEntry } from "@vaultlink/core";
import type { Entry } from "@vaultlink/screen";

/** The most that a person is shown at once: who has more, filters or names a prefix. */
const MAX_ENTRIES = 5000;

/** What a connection lists, as it can be chosen from. */
export async function listEntries(
  entries: AsyncIterable<ListEntry>,
  connection: string,
  prefix: string,
): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  for await (const entry of entries) {
    found.push(entryOf(entry, connection, prefix));
    if (found.length >= MAX_ENTRIES) break;
  }
  return found;
}

function entryOf({ locator, folder }: ListEntry, connection: string, prefix: string): Entry {
  const label = locator.path.startsWith(prefix) ? locator.path.slice(prefix.length) : locator.path;
  if (folder === true) return { label, prefix: locator.path };
  return { label, reference: referenceTo(connection, locator) };
}

/** A reference to a document. What a reference gives a meaning to is escaped. */
function referenceTo(connection: string, { path, query }: ListEntry["locator"]): string {
  const parts = path.split("/").map((part) => encodeURIComponent(part));
  const asked = Object.entries(query).map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
  return `${connection}://${parts.join("/")}${asked.length === 0 ? "" : `?${asked.join("&")}`}`;
}

/** The fields of a document, each with its reference. */
export function fieldEntries(document: string, names: readonly string[]): readonly Entry[] {
  return names.map((name) => ({ label: name, reference: `${document}#${fieldText(name)}` }));
}

/** A plain name stands for itself; any other is written as a JSON Pointer. */
function fieldText(name: string): string {
  if (/^[A-Za-z0-9_.-]+$/.test(name)) return name;
  return `/${encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))}`;
}
