import type { Context, Entry, ListQuery } from "@vaultlink/core";
import type { SecretProperties } from "@azure/keyvault-secrets";
import { findVault } from "./locator.ts";
import type { Reader } from "./read.ts";

/** What a page holds at most; the vendor gives no more. */
const PAGE = 25;

/**
 * Lists what begins with a prefix, page by page: names in the first vault, and each other vault as a folder. The vendor
 * has no filter of its own.
 */
export async function* list(
  { ask, clients, vaults }: Reader,
  { prefix }: ListQuery,
  context: Context,
): AsyncGenerator<Entry, void, undefined> {
  const slash = prefix.indexOf("/");
  const [folder, begin] = slash < 0 ? [undefined, prefix] : [prefix.slice(0, slash), prefix.slice(slash + 1)];
  const vault = findVault(folder, vaults);
  if (folder === undefined) {
    const others = vaults.slice(1).filter(({ name }) => name.startsWith(prefix));
    for (const { name } of others) yield { locator: { path: `${name}/`, query: {} }, folder: true };
  }
  const pages = clients(vault).listPropertiesOfSecrets({ abortSignal: context.signal }).byPage({ maxPageSize: PAGE });
  for (;;) {
    const page = await ask("list", context, () => pages.next());
    if (page.done === true) return;
    for (const entry of page.value) {
      if (entry.name.startsWith(begin)) yield toEntry(entry, folder);
    }
  }
}

function toEntry({ name, updatedOn, enabled }: SecretProperties, folder: string | undefined): Entry {
  const updatedAt = updatedOn?.getTime();
  return {
    locator: { path: folder === undefined ? name : `${folder}/${name}`, query: {} },
    ...(updatedAt !== undefined && { updatedAt }),
    ...(enabled === false && { state: "disabled" }),
  };
}
