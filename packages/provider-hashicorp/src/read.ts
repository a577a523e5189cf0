import {
  type Context,
  encodePath,
  isSecretError,
  type Locator,
  SecretError,
  type SecretDocument,
} from "@vaultlink/core";
import type { Ask } from "./ask.ts";
import { type Body, count, group, text } from "./body.ts";
import { strange } from "./errors.ts";
import { checkLocator, type Target } from "./locator.ts";
import type { Mount, Mounts } from "./mounts.ts";

/** Reads one document. A value read twice is two requests: nothing is remembered here but where engines are mounted. */
export async function read(ask: Ask, mounts: Mounts, locator: Locator, context: Context): Promise<SecretDocument> {
  const target = checkLocator(locator);
  const mount = await mounts.find(target.path, context);
  const url = requestPath(mount, target);
  const askedAt = Date.now();
  try {
    const answer = await ask((api, signal) => api.read(url, signal), context);
    const document = answer.body && toDocument(mount, answer.body, askedAt);
    if (document === undefined) throw strange(answer);
    return document;
  } catch (thrown) {
    throw doubt(thrown, mount, target, mounts);
  }
}

/** Where the document is in the vault's API. Throws `invalid_reference` for a whole mount, and for a version where none is kept. */
export function requestPath({ path: mount, layout }: Mount, { path, version }: Target): string {
  const inside = path.slice(mount.length);
  if (inside === "") throw new SecretError("invalid_reference", "The reference names a mount, not a secret in it.");
  if (layout === "kv2") {
    return `${encodePath(`${mount}data/${inside}`)}${version === undefined ? "" : `?version=${version}`}`;
  }
  if (version !== undefined) throw new SecretError("invalid_reference", "This mount keeps no versions of its secrets.");
  return encodePath(path);
}

function toDocument({ layout }: Mount, body: Body, askedAt: number): SecretDocument | undefined {
  const data = group(body, "data");
  if (data === undefined) return undefined;
  if (layout === "kv2") return toVersioned(data);
  if (layout === "kv1") return { value: data };
  const lease = text(body, "lease_id");
  // Without a lease an engine may still say how long its answer holds; if it says nothing, nobody may keep it.
  const seconds = lease === undefined ? count(data, "ttl") : count(body, "lease_duration");
  return {
    value: data,
    expiresAt: seconds > 0 ? askedAt + seconds * 1000 : 0,
    ...(lease !== undefined && { lease }),
  };
}

function toVersioned(data: Body): SecretDocument | undefined {
  const value = group(data, "data");
  if (value === undefined) return undefined;
  const metadata = group(data, "metadata");
  const version = count(metadata, "version");
  // A time to come: the mount deletes versions by itself (`delete_version_after`).
  const deletedAt = Date.parse(text(metadata, "deletion_time") ?? "");
  return {
    value,
    ...(version > 0 && { version: String(version) }),
    ...(!Number.isNaN(deletedAt) && { expiresAt: deletedAt }),
  };
}

/** A refusal may also mean that the mount is not what we think: then it is asked for again next time. */
function doubt(thrown: unknown, mount: Mount, { path }: Target, mounts: Mounts): unknown {
  if (!isSecretError(thrown) || (thrown.code !== "not_found" && thrown.code !== "invalid_config")) return thrown;
  mounts.forget(mount);
  if (thrown.code !== "not_found") return thrown;
  if (mount.layout === "kv2" && path.startsWith(`${mount.path}data/`)) {
    return new SecretError("not_found", "The vault has no such secret; a reference leaves out the data/ of KV 2.", {
      ...thrown.details,
      mend: "leave data/ out of the reference",
    });
  }
  if (mount.guessed !== true) return thrown;
  return new SecretError("not_found", "The vault has no such secret, or keeps it in another layout than we assume.", {
    ...thrown.details,
    mend: 'set the connection\'s options "mount" and "kvVersion"',
  });
}
