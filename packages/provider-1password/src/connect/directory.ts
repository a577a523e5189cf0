import { isSecretError } from "@vaultlink/core/provider";
import { explain } from "../errors.ts";
import type { Directory, Listing } from "../names/directory.ts";
import { isId, same } from "../names/find.ts";
import { REFERENCE_ERRORS } from "../errors/reference.ts";
import { type Api, lacking } from "./api.ts";
import type { ConnectItem } from "./item.ts";

/** A Connect server's vaults and items during one job: nothing in it is asked for twice. */
export function openDirectory(api: Api, signal: AbortSignal): Directory<ConnectItem> {
  const vaults = once(() => api.vaults(signal));
  const items = once((vaultId: string, title?: string) => api.items(vaultId, title, signal));
  const item = once(async (vaultId: string, itemId: string) => active(await api.item(vaultId, itemId, signal)));
  const withId = async (vaultId: string, id: string): Promise<readonly Listing[]> => {
    try {
      return [{ id, title: "", updatedAt: (await item(vaultId, id)).updatedAt }];
    } catch (thrown) {
      if (isSecretError(thrown) && thrown.code === "not_found") return [];
      throw thrown;
    }
  };
  return {
    // All of them, since names count in any case and the server may compare them otherwise: few, and one request too.
    vaults: () => vaults(),
    items: async (vaultId, name) => {
      if (name === undefined) return items(vaultId);
      const byId = isId(name) ? await withId(vaultId, name.toLowerCase()) : [];
      if (byId.length > 0) return byId;
      const found = await items(vaultId, name);
      // The server compares exactly, perhaps; a vault may hold thousands, so all are asked for only then.
      return found.some(({ title }) => same(title, name)) ? found : items(vaultId);
    },
    item,
  };
}

/** Throws for what the SDK reads neither by name nor by id. */
function active(item: ConnectItem): ConnectItem {
  if (item.state === "deleted") throw lacking("itemNotFound");
  if (item.state === "archived") {
    throw explain(REFERENCE_ERRORS, { text: "item is not in an active state" });
  }
  return item;
}

/** The same answer for the same arguments. */
function once<Arguments extends readonly (string | undefined)[], Value>(
  request: (...given: Arguments) => Promise<Value>,
): (...given: Arguments) => Promise<Value> {
  const asked = new Map<string, Promise<Value>>();
  return (...given) => {
    const key = JSON.stringify(given);
    const known = asked.get(key);
    if (known !== undefined) return known;
    const answer = request(...given);
    asked.set(key, answer);
    return answer;
  };
}
