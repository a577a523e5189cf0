import {
  type Context,
  encodePath,
  isJsonObject,
  type JsonObject,
  type ListEntry,
  type ListQuery,
  objectMember,
  textMember,
} from "@vaultlink/core/provider";
import type { Requester } from "./request.ts";
import { texts } from "./body.ts";
import { unexpectedResponse } from "./errors.ts";
import { checkPath } from "./locator.ts";
import { isUntold, layoutOf, type Mount, type Mounts, refuseInternal } from "./mounts.ts";
import type { VaultResponse } from "./vault-api.ts";

/**
 * Lists what begins with a prefix, one level deep: a folder's path ends with a slash and is the prefix to list next.
 * At the top, and wherever a prefix ends above a mount, the folders are the mounts.
 */
export async function* list(
  request: Requester,
  mounts: Mounts,
  { prefix }: ListQuery,
  context: Context,
): AsyncGenerator<ListEntry, void, undefined> {
  const folder = prefix.slice(0, prefix.lastIndexOf("/") + 1);
  if (folder !== "") checkPath(folder.slice(0, -1));
  const mount = folder === "" ? undefined : await mounts.find(folder, context);
  if (mount !== undefined) refuseInternal(mount, folder);
  if (mount === undefined || mount.guessed === true) {
    const found = (await listMounts(request, context)).filter((path) => path.startsWith(prefix));
    for (const path of found) yield toEntry("", path);
    if (mount === undefined || found.length > 0) return;
  }
  for (const name of await listFolder(request, mount, folder, context)) {
    if (`${folder}${name}`.startsWith(prefix) && isName(name)) yield toEntry(folder, name);
  }
}

/** Whether a name can be read, or listed: what the vault lists otherwise nobody can link. */
const isName = (name: string): boolean => /^(?!\.{0,2}\/?$)[^/]+\/?$/.test(name);

const toEntry = (folder: string, name: string): ListEntry => ({
  locator: { path: `${folder}${name}`, query: {} },
  ...(name.endsWith("/") && { folder: true }),
});

async function listFolder(
  request: Requester,
  mount: Mount,
  folder: string,
  context: Context,
): Promise<readonly string[]> {
  if (mount.layout === "other") return [];
  const inside = folder.slice(mount.path.length);
  const path = encodePath(mount.layout === "kv2" ? `${mount.path}metadata/${inside}` : folder);
  // To a list, 404 without a word means: nothing here.
  const answer = await request((api, signal) => api.list(path, signal), context, { accept: isEmpty });
  if (isEmpty(answer)) return [];
  const data = objectMember(answer.body, "data");
  if (data === undefined) throw unexpectedResponse(answer);
  return texts(data, "keys");
}

const isEmpty = ({ status, body }: VaultResponse): boolean =>
  status === 404 && Array.isArray(body?.["errors"]) && body["errors"].length === 0;

/** Mounts of secrets that can be listed, as far as the vault tells us. */
async function listMounts(request: Requester, context: Context): Promise<readonly string[]> {
  const answer = await request((api, signal) => api.read("sys/internal/ui/mounts", signal), context, {
    accept: isUntold,
  });
  if (isUntold(answer)) return [];
  const secret: JsonObject | undefined = objectMember(objectMember(answer.body, "data"), "secret");
  if (secret === undefined) throw unexpectedResponse(answer);
  return Object.entries(secret)
    .filter(([, mount]) => isJsonObject(mount) && isListable(mount))
    .map(([path]) => path)
    .toSorted();
}

const isListable = (mount: JsonObject): boolean =>
  layoutOf(textMember(mount, "type"), textMember(objectMember(mount, "options"), "version")).startsWith("kv");
