import type { ListEntry } from "@vaultlink/core";
import { formatReference, parseReference } from "@vaultlink/core/internal";
import type { Entry } from "@vaultlink/screen";
import { nameBelow } from "../find/browse.ts";

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

function entryOf(entry: ListEntry, connection: string, prefix: string): Entry {
  const { locator, folder } = entry;
  const label = nameBelow(prefix, entry);
  return folder === true
    ? { label, prefix: locator.path }
    : { label, reference: formatReference({ connection, locator }) };
}

/** The fields of a document, each with its reference. */
export function fieldEntries(document: string, names: readonly string[]): readonly Entry[] {
  const whole = parseReference(document);
  return names.map((name) => ({ label: name, reference: formatReference({ ...whole, field: [name] }) }));
}
