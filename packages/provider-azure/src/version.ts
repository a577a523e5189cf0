import { type Context, type Locator, SecretError } from "@vaultlink/core/provider";
import type { SecretProperties } from "@azure/keyvault-secrets";
import { inOrder } from "./list.ts";
import { checkLocator } from "./locator.ts";
import type { Reader } from "./read.ts";

/** What a page holds at most; the vendor gives no more. */
const PAGE = 25;

/**
 * The id of the newest version, as a read would give it. Key Vault tells the properties of one secret without its value in
 * one way only, as a list of its versions: it takes the permission to list, a request for each 25 of them, and says nothing
 * of their order. https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret-versions
 * Throws what a list throws, e.g. `denied`, and `not_found`.
 */
export async function version(reader: Reader, locator: Locator, context: Context): Promise<string> {
  const { request, clients, vaults } = reader;
  const { vault, name, version: pinned } = checkLocator(locator, vaults);
  // What a version is never changes.
  if (pinned !== undefined) return pinned;
  const options = { abortSignal: context.signal };
  const pages = clients(vault).listPropertiesOfSecretVersions(name, options).byPage({ maxPageSize: PAGE });
  let newest: SecretProperties[] = [];
  for await (const page of inOrder(request, context, pages)) {
    for (const each of page) {
      const [before = -1, at] = [newest[0]?.createdOn?.getTime(), each.createdOn?.getTime() ?? 0];
      if (at > before) newest = [each];
      else if (at === before) newest.push(each);
    }
  }
  const [only] = newest;
  if (only === undefined) throw new SecretError("not_found", "The key vault has no version of such a secret.");
  if (newest.length === 1 && only.version !== undefined) return only.version;
  // Versions of one second: only the secret itself tells which is the newest. Its value goes no further.
  const { properties } = await request("read", context, (abortSignal) =>
    clients(vault).getSecret(name, { abortSignal }),
  );
  if (properties.version !== undefined) return properties.version;
  throw new SecretError("unavailable", "The key vault's answer holds no version.", { native: { status: 200 } });
}
