import {
  type Context,
  definedMembers,
  isSecretError,
  type ListEntry,
  type ListQuery,
  SecretError,
} from "@vaultlink/core/provider";
import type { IdCache } from "./id-cache.ts";
import type { Requester } from "./job-runner.ts";
import type { Listed, Reply } from "./protocol.ts";
import { MOVED } from "./read.ts";

/** Whom to ask, and the ids of vaults and items that were listed, by path. */
export interface Lister {
  readonly request: Requester;
  readonly folderIds: IdCache<readonly string[]>;
}

/** Lists one level of what begins with a prefix: vaults, items of a vault, fields of an item. Never a value. */
export async function* list(
  lister: Lister,
  { prefix }: ListQuery,
  context: Context,
): AsyncGenerator<ListEntry, void, undefined> {
  const folder = prefix.split("/").slice(0, -1);
  if (folder.length > 2) return;
  for (const { ids, kind, path, title, updatedAt } of await entriesOf(lister, folder, context)) {
    if (kind !== "field") lister.folderIds.set(keyOf(path.split("/").slice(0, -1)), ids);
    if (!path.startsWith(prefix)) continue;
    yield {
      locator: { path, query: {} },
      ...(kind !== "field" && { folder: true }),
      ...(kind === "item" && { holdsFields: true }),
      ...definedMembers({ title, updatedAt }),
    };
  }
}

/** By the ids of the folder where it was listed before; by its names if they mean nothing any more. */
async function entriesOf(
  { request, folderIds }: Lister,
  folder: readonly string[],
  context: Context,
): Promise<readonly Listed[]> {
  const vaultIds = folderIds.get(keyOf(folder.slice(0, 1)));
  const ids = folderIds.get(keyOf(folder)) ?? vaultIds;
  if (ids !== undefined) {
    try {
      return listedIn(await request({ type: "list", folder, ids }, context));
    } catch (thrown) {
      if (!isSecretError(thrown) || !MOVED.has(thrown.code)) throw thrown;
    }
  }
  return listedIn(await request({ type: "list", folder }, context));
}

/** Names count in any case. */
const keyOf = (folder: readonly string[]): string => folder.join("/").toLowerCase();

function listedIn(reply: Reply): readonly Listed[] {
  if (reply.type === "listed") return reply.entries;
  throw new SecretError("internal", "The thread that asks 1Password gave no list.");
}
