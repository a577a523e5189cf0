import { type Context, type ListEntry, type ListQuery, SecretError } from "@vaultlink/core/provider";
import type { SecretProperties } from "@azure/keyvault-secrets";
import { lastAsked } from "./exchanges.ts";
import { findVault } from "./locator.ts";
import type { Requester } from "./request.ts";
import type { Reader } from "./read.ts";

/** What a page holds at most; the vendor gives no more. */
const PAGE = 25;

/**
 * Lists what begins with a prefix, page by page: names in the first vault, and each other vault as a folder. The vendor
 * has no filter of its own.
 */
export async function* list(
  { request, clients, vaults }: Reader,
  { prefix }: ListQuery,
  context: Context,
): AsyncGenerator<ListEntry, void, undefined> {
  const slash = prefix.indexOf("/");
  const [folder, begin] = slash < 0 ? [undefined, prefix] : [prefix.slice(0, slash), prefix.slice(slash + 1)];
  const vault = findVault(folder, vaults);
  if (folder === undefined) {
    const others = vaults.slice(1).filter(({ name }) => name.startsWith(prefix.toLowerCase()));
    for (const { name } of others) yield { locator: { path: `${name}/`, query: {} }, folder: true };
  }
  const pages = clients(vault).listPropertiesOfSecrets({ abortSignal: context.signal }).byPage({ maxPageSize: PAGE });
  for await (const page of inOrder(request, context, pages)) {
    for (const entry of page) {
      // Names count in any case.
      if (entry.name.toLowerCase().startsWith(begin.toLowerCase())) yield toEntry(entry, folder);
    }
  }
}

/**
 * The pages of a list, each asked for when it is wanted. The vault says where the next one is: throws `unavailable` for a
 * list that leads back to where it was.
 */
export async function* inOrder<Page>(
  request: Requester,
  context: Context,
  pages: AsyncIterator<Page>,
): AsyncGenerator<Page, void, undefined> {
  const asked = new Set<string>();
  for (;;) {
    const page = await request("list", context, async () => {
      const next = await pages.next();
      const last = next.done === true ? undefined : lastAsked();
      if (last !== undefined && asked.has(last)) {
        throw new SecretError("unavailable", "The key vault's list leads back to where it was.", {
          native: { status: 200 },
        });
      }
      if (last !== undefined) asked.add(last);
      return next;
    });
    if (page.done === true) return;
    yield page.value;
  }
}

function toEntry({ name, updatedOn, enabled, tags = {} }: SecretProperties, folder: string | undefined): ListEntry {
  const updatedAt = updatedOn?.getTime();
  return {
    locator: { path: folder === undefined ? name : `${folder}/${name}`, query: {} },
    ...(updatedAt !== undefined && { updatedAt }),
    ...(enabled === false && { state: "disabled" }),
    tags,
  };
}
