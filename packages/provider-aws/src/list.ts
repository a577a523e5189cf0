import { type Filter, ListSecretsCommand, type SecretListEntry } from "@aws-sdk/client-secrets-manager";
import type { Context, ListEntry, ListQuery } from "@vaultlink/core/provider";
import { pages, type Requester, unexpectedResponse } from "./request.ts";
import { parseFilter } from "./check-options.ts";
import { fromPath, isOdd, toPath } from "./names.ts";
import { checkAnswer, type Scope } from "./scope.ts";

/** The most of one page. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html */
const PAGE = 100;

/** Lists names that begin with a prefix, page by page as they are taken. What is scheduled for deletion is marked so. */
export async function* list(
  request: Requester,
  { prefix }: ListQuery,
  { filters, ...scope }: Scope & { readonly filters: readonly string[] },
  context: Context,
): AsyncGenerator<ListEntry, void, undefined> {
  const wanted: Filter[] = filters.flatMap((filter) => parseFilter(filter) ?? []);
  const begin = fromPath(prefix);
  if (begin !== "") wanted.push({ Key: "name", Values: [begin] });
  const send = (more: { NextToken?: string }) => {
    const command = new ListSecretsCommand({
      MaxResults: PAGE,
      IncludePlannedDeletion: true,
      ...(wanted.length > 0 && { Filters: wanted }),
      ...more,
    });
    return request({ during: "list" }, context, (client, options) => client.send(command, options));
  };
  for await (const page of pages(send)) {
    if (page.SecretList === undefined) {
      throw unexpectedResponse(page);
    }
    // Emulators match loosely, and a `!` would turn the filter around: a prefix means what it says.
    for (const entry of page.SecretList) {
      if (entry.Name?.startsWith(begin) !== true) continue;
      checkAnswer(entry.ARN, scope);
      yield toEntry(entry, entry.Name);
    }
  }
}

function toEntry({ ARN, DeletedDate, LastChangedDate, Tags = [] }: SecretListEntry, name: string): ListEntry {
  // A name of nothing but dots is no path, however it is written; its ARN is.
  const path = isOdd(name) && ARN !== undefined ? ARN : toPath(name);
  const updatedAt = LastChangedDate?.getTime();
  return {
    locator: { path, query: {} },
    ...(updatedAt !== undefined && { updatedAt }),
    ...(DeletedDate !== undefined && { state: "deleted" }),
    tags: Object.fromEntries(Tags.flatMap(({ Key, Value = "" }) => (Key === undefined ? [] : [[Key, Value]]))),
  };
}
