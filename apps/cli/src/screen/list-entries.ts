import type { Entry } from "@vaultlink/screen";
import type { Entries, ListedEntry } from "./entries.ts";

/** The most that a person is shown at once: who has more, filters or names a prefix. */
const MAX_ENTRIES = 5000;

/** What a connection lists, as it can be chosen from. */
export async function listEntries(entries: Entries, connection: string, prefix: string): Promise<readonly Entry[]> {
  const found: Entry[] = [];
  for await (const entry of entries) {
    found.push(entryOf(entry, connection, prefix));
    if (found.length >= MAX_ENTRIES) break;
  }
  return found;
}

function entryOf({ locator, folder }: ListedEntry, connection: string, prefix: string): Entry {
  const label = locator.path.startsWith(prefix) ? locator.path.slice(prefix.length) : locator.path;
  if (folder === true) return { label, prefix: locator.path.endsWith("/") ? locator.path : `${locator.path}/` };
  return { label, reference: referenceTo(connection, locator) };
}

/** A reference to a document. What a reference gives a meaning to is escaped. */
function referenceTo(connection: string, { path, query }: ListedEntry["locator"]): string {
  const parts = path.split("/").map((part) => encodeURIComponent(part));
  const asked = Object.entries(query).map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
  return `${connection}://${parts.join("/")}${asked.length === 0 ? "" : `?${asked.join("&")}`}`;
}
