import { type Context, type ListEntry, type ListQuery, SecretError } from "@vaultlink/core/provider";
import type { Requester } from "./request.ts";

/** Lists one level of what begins with a prefix: vaults, items of a vault, fields of an item. Never a value. */
export async function* list(
  request: Requester,
  { prefix }: ListQuery,
  context: Context,
): AsyncGenerator<ListEntry, void, undefined> {
  const folder = prefix.split("/").slice(0, -1);
  if (folder.length > 2) return;
  const reply = await request({ type: "list", folder }, context);
  if (reply.type !== "listed") throw new SecretError("internal", "The thread that asks 1Password gave no list.");
  for (const { path, folder: isFolder, updatedAt } of reply.entries) {
    if (!path.startsWith(prefix)) continue;
    yield {
      locator: { path, query: {} },
      ...(isFolder && { folder: true }),
      ...(updatedAt !== undefined && { updatedAt }),
    };
  }
}
