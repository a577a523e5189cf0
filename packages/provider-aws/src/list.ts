import { type Filter, ListSecretsCommand, type SecretListEntry } from "@aws-sdk/client-secrets-manager";
import { type Context, type Entry, type ListQuery, SecretError } from "@vaultlink/core";
import type { Ask } from "./ask.ts";
import { parseFilter } from "./filters.ts";

/** The most of one page. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html */
const PAGE = 100;

/** Lists names that begin with a prefix, page by page as they are taken. What is scheduled for deletion is marked so. */
export async function* list(
  ask: Ask,
  { prefix }: ListQuery,
  filters: readonly string[],
  context: Context,
): AsyncGenerator<Entry, void, undefined> {
  const wanted: Filter[] = filters.flatMap((filter) => parseFilter(filter) ?? []);
  if (prefix !== "") wanted.push({ Key: "name", Values: [prefix] });
  let NextToken: string | undefined;
  do {
    const command = new ListSecretsCommand({
      MaxResults: PAGE,
      IncludePlannedDeletion: true,
      ...(wanted.length > 0 && { Filters: wanted }),
      ...(NextToken !== undefined && { NextToken }),
    });
    const page = await ask({ during: "list" }, context, (client, options) => client.send(command, options));
    if (page.SecretList === undefined) {
      throw new SecretError("unavailable", "The answer did not come from AWS, but from something in between.");
    }
    // Emulators match loosely, and a `!` would turn the filter around: a prefix means what it says.
    for (const entry of page.SecretList) if (entry.Name?.startsWith(prefix)) yield toEntry(entry, entry.Name);
    ({ NextToken } = page);
  } while (NextToken !== undefined);
}

function toEntry({ DeletedDate, LastChangedDate }: SecretListEntry, path: string): Entry {
  const updatedAt = LastChangedDate?.getTime();
  return {
    locator: { path, query: {} },
    ...(updatedAt !== undefined && { updatedAt }),
    ...(DeletedDate !== undefined && { state: "deleted" }),
  };
}
