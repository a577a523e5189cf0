import {
  type Context,
  encodePath,
  isSecretError,
  type JsonObject,
  type Locator,
  objectMember,
  SecretError,
  textMember,
} from "@vaultlink/core/provider";
import { count } from "./body.ts";
import { unexpectedResponse } from "./errors.ts";
import { checkLocator } from "./locator.ts";
import { refuseInternal } from "./mounts.ts";
import type { Reader } from "./read.ts";

/**
 * The current version of a secret, or the one that the locator asks for, out of the metadata of KV version 2: no value is
 * sent. Throws `unusable` where the vault keeps no versions, and for a version that is deleted or destroyed.
 */
export async function findVersion({ request, mounts }: Reader, locator: Locator, context: Context): Promise<string> {
  const { path, version } = checkLocator(locator);
  const mount = await mounts.find(path, context);
  refuseInternal(mount, path);
  const inside = path.slice(mount.path.length);
  if (inside === "") throw new SecretError("invalid_reference", "The reference names a mount, not a secret in it.");
  if (mount.layout !== "kv2") {
    throw unusable("This mount keeps no versions of its secrets, so nothing tells a change but the value.", "versions");
  }
  const url = encodePath(`${mount.path}metadata/${inside}`);
  try {
    const answer = await request((api, signal) => api.read(url, signal), context);
    const data = objectMember(answer.body, "data");
    const versions = objectMember(data, "versions");
    if (versions === undefined) throw unexpectedResponse(answer);
    const number = version ?? count(data, "current_version");
    return check(objectMember(versions, String(number)), number);
  } catch (thrown) {
    if (!isSecretError(thrown) || thrown.code !== "denied") throw thrown;
    throw new SecretError("denied", "The vault does not let this identity read the metadata of the secret.", {
      ...thrown.details,
      hint: "grant read on the secret's path below metadata/",
    });
  }
}

function check(found: JsonObject | undefined, number: number): string {
  if (found === undefined) throw new SecretError("not_found", "The vault has no such secret.");
  if (found["destroyed"] === true) {
    throw unusable("This version of the secret was destroyed; only another version can be read.", "destroyed");
  }
  // A time to come is no deletion yet.
  if (Date.parse(textMember(found, "deletion_time") ?? "") <= Date.now()) {
    throw unusable("This version of the secret is deleted.", "deleted");
  }
  return String(number);
}

const unusable = (message: string, reason: string): SecretError => new SecretError("unusable", message, { reason });
