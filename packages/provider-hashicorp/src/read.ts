import {
  type Context,
  encodePath,
  isSecretError,
  type JsonObject,
  type Locator,
  objectMember,
  type SecretDocument,
  SecretError,
  textMember,
} from "@vaultlink/core/provider";
import type { Requester } from "./request.ts";
import { explainDenied } from "./denied.ts";
import { count } from "./body.ts";
import { isFromVault, unexpectedResponse } from "./errors.ts";
import { type LostLeases, readLeased } from "./leases.ts";
import { checkLocator, type ParsedLocator } from "./locator.ts";
import { type Mount, type Mounts, refuseInternal } from "./mounts.ts";
import type { VaultResponse } from "./vault-api.ts";

/** What reading takes. */
export interface Reader {
  readonly request: Requester;
  readonly mounts: Mounts;
  readonly lost: LostLeases;
  /** Empty for the root. */
  readonly namespace: string;
}

/** Reads one document. A value read twice is two requests: nothing is remembered here but where engines are mounted. */
export async function read(reader: Reader, locator: Locator, context: Context): Promise<SecretDocument> {
  const { request, lost, mounts, namespace } = reader;
  const target = checkLocator(locator);
  const mount = await mounts.find(target.path, context);
  refuseInternal(mount, target.path);
  const url = requestPath(mount, target);
  const askedAt = Date.now();
  try {
    const answer =
      mount.layout === "other"
        ? await readLeased(request, lost, url, context)
        : await request((api, signal) => api.read(url, signal), context);
    const document = answer.body && toDocument(mount, answer.body, askedAt);
    if (document !== undefined) return { ...document, id: `${namespace === "" ? "" : `${namespace}/`}${target.path}` };
    const lease = textMember(answer.body, "lease_id");
    if (lease !== undefined) lost.end(lease);
    throw nothingIn(answer, mount);
  } catch (thrown) {
    throw explainReadError(thrown, mount, target, mounts);
  }
}

/** Where the document is in the vault's API. Throws `invalid_reference` for a whole mount, and for a version where none is kept. */
export function requestPath({ path: mount, layout }: Mount, { path, version }: ParsedLocator): string {
  const inside = path.slice(mount.length);
  if (inside === "") throw new SecretError("invalid_reference", "The reference names a mount, not a secret in it.");
  if (layout === "kv2") {
    return `${encodePath(`${mount}data/${inside}`)}${version === undefined ? "" : `?version=${version}`}`;
  }
  if (version !== undefined) throw new SecretError("invalid_reference", "This mount keeps no versions of its secrets.");
  return encodePath(path);
}

function toDocument({ layout }: Mount, body: JsonObject, askedAt: number): SecretDocument | undefined {
  const data = objectMember(body, "data");
  if (data === undefined) return undefined;
  if (layout === "kv2") return toVersioned(data);
  if (layout === "kv1") return { value: data };
  const lease = textMember(body, "lease_id");
  // Without a lease an engine may still say how long its answer holds; if it says nothing, nobody may keep it.
  const seconds = lease === undefined ? count(data, "ttl") : count(body, "lease_duration");
  return {
    value: data,
    expiresAt: seconds > 0 ? askedAt + seconds * 1000 : 0,
    ...(lease !== undefined && { lease }),
  };
}

function toVersioned(data: JsonObject): SecretDocument | undefined {
  const value = objectMember(data, "data");
  const metadata = objectMember(data, "metadata");
  if (value === undefined || metadata === undefined) return undefined;
  const version = count(metadata, "version");
  // A time to come: the mount deletes versions by itself (`delete_version_after`).
  const deletedAt = Date.parse(textMember(metadata, "deletion_time") ?? "");
  return {
    value,
    ...(version > 0 && { version: String(version) }),
    ...(!Number.isNaN(deletedAt) && { expiresAt: deletedAt }),
  };
}

/** What to throw for a success without fields. Asked again the vault would say the same, or ask its approvers once more. */
function nothingIn(answer: VaultResponse, { layout }: Mount): SecretError {
  const unusable = (message: string, reason: string): SecretError =>
    new SecretError("unusable", message, { reason, native: { status: answer.status } });
  if (objectMember(answer.body, "wrap_info") !== undefined) {
    return unusable("The vault gives this secret wrapped only: a control group has to approve each read.", "wrapped");
  }
  // KV never leaves out the frame; some engines do, e.g. for certificates.
  if (layout === "other" && isFile(answer)) {
    return unusable("The vault gives a file at this path, not the fields of a secret.", "not-fields");
  }
  if (isFromVault(answer)) return unusable("The secret, or this version of it, holds nothing.", "empty");
  return unexpectedResponse(answer);
}

/** Whether an answer without the vault's frame is what an engine gives, and not somebody else's page. */
function isFile({ body, status, type }: VaultResponse): boolean {
  if (body !== undefined) return body["request_id"] === undefined;
  return status === 200 && type !== undefined && !/html|json/.test(type);
}

/** A refusal may also mean that the mount is not what we think: then it is asked for again next time. */
function explainReadError(thrown: unknown, mount: Mount, { path }: ParsedLocator, mounts: Mounts): unknown {
  if (isSecretError(thrown) && thrown.code === "denied") return explainDenied(thrown, mount, path);
  if (!isSecretError(thrown) || (thrown.code !== "not_found" && thrown.code !== "invalid_config")) return thrown;
  mounts.forget(mount);
  if (thrown.code !== "not_found") return thrown;
  if (mount.layout === "kv2" && path.startsWith(`${mount.path}data/`)) {
    return new SecretError("not_found", "The vault has no such secret; a reference leaves out the data/ of KV 2.", {
      ...thrown.details,
      hint: "leave data/ out of the reference",
    });
  }
  if (mount.guessed !== true) return thrown;
  return new SecretError("not_found", "The vault has no such secret, or keeps it in another layout than we assume.", {
    ...thrown.details,
    hint: 'set the connection\'s options "mount" and "kvVersion"',
  });
}
