import type { Answer, Call } from "../../kit/backend.ts";
import { json, vaultRefusal } from "../answers.ts";
import type { Known } from "../state.ts";
import type { KeyVault, Secret, Version } from "../vaults.ts";

export const mayRead = ({ who }: Known, vault: KeyVault, name: string): boolean =>
  who.reads.some((prefix) => `${vault.name}/${name}`.toLowerCase().startsWith(prefix)) &&
  // What is the auditors' alone.
  (!name.startsWith("audit-") || who.reads.some((prefix) => prefix.startsWith(`${vault.name}/audit-`)));
export const mayList = ({ who }: Known): boolean => who.lists;
export const mayReadDeleted = ({ who }: Known): boolean => who.seesDeleted;

/** The two ways a vault says who may do what, each with its own words. */
export function forbidden({ permissions }: KeyVault, operation: string): Answer {
  return permissions === "rbac"
    ? vaultRefusal(
        403,
        "Forbidden",
        "Caller is not authorized to perform action on resource. If role assignments were changed recently, please observe propagation time.",
        "ForbiddenByRbac",
      )
    : vaultRefusal(
        403,
        "Forbidden",
        `The user, group or application does not have secrets ${operation} permission on key vault.`,
        "ForbiddenByPolicy",
      );
}

/** A value. Expired and not yet active ones are given all the same: the vendor calls their times informational. */
export function getSecret(call: Call, vault: KeyVault, name: string, id?: string): Answer {
  const secret = vault.find(name);
  const version = secret?.versions.findLast((held) => id === undefined || held.id === id.toLowerCase());
  if (!secret || !version || secret.deletedAt !== undefined) return missing();
  if (!version.enabled) {
    return vaultRefusal(403, "Forbidden", "Operation get is not allowed on a disabled secret.", "SecretDisabled");
  }
  return json({ value: version.value, ...bundle(call, secret, version) });
}

/** What is known of a deleted secret, which is no value. */
export function deletedSecret(call: Call, vault: KeyVault, name: string): Answer {
  const secret = vault.find(name);
  const version = secret?.versions.at(-1);
  if (!secret || !version || secret.deletedAt === undefined) return missing();
  const deletedDate = seconds(secret.deletedAt);
  return json({
    recoveryId: `${originOf(call)}/deletedsecrets/${secret.name}`,
    deletedDate,
    scheduledPurgeDate: deletedDate + 90 * 86_400,
    ...bundle(call, secret, version),
  });
}

/** Metadata of what is not deleted, page by page. */
export function listSecrets(call: Call, vault: KeyVault, pageSize: number): Answer {
  const all = vault.all.filter(({ deletedAt }) => deletedAt === undefined);
  return page(call, all, pageSize, (secret) => {
    const { id: _, ...item } = bundle(call, secret, secret.versions.at(-1) as Version);
    return { id: `${originOf(call)}/secrets/${secret.name}`, ...item };
  });
}

/** Metadata of every version, by their ids: the vendor promises no order. What is not there has none. */
export function listVersions(call: Call, vault: KeyVault, name: string, pageSize: number): Answer {
  const secret = vault.find(name);
  const versions = secret === undefined || secret.deletedAt !== undefined ? [] : secret.versions;
  const sorted = versions.toSorted((a, b) => (a.id < b.id ? 1 : -1));
  return page(call, sorted, pageSize, (version) => bundle(call, secret as Secret, version));
}

function page<Held>(call: Call, all: readonly Held[], pageSize: number, toItem: (held: Held) => object): Answer {
  const from = Number(call.query.get("$skiptoken") ?? 0);
  const size = Math.min(Number(call.query.get("maxresults") ?? 25), pageSize);
  const next = from + size;
  const query = `api-version=${call.query.get("api-version")}&$skiptoken=${next}&maxresults=${size}`;
  const nextLink = next < all.length ? `${originOf(call)}${call.path}?${query}` : null;
  return json({ value: all.slice(from, next).map(toItem), nextLink });
}

const missing = (): Answer =>
  vaultRefusal(
    404,
    "SecretNotFound",
    "A secret with (name/id) was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command.",
  );

function bundle(call: Call, { name, tags }: Secret, version: Version): { readonly id: string } {
  const { id, contentType, enabled, createdAt, expires, notBefore } = version;
  return {
    id: `${originOf(call)}/secrets/${name}/${id}`,
    ...(contentType !== undefined && { contentType }),
    attributes: {
      enabled,
      ...(notBefore !== undefined && { nbf: seconds(notBefore) }),
      ...(expires !== undefined && { exp: seconds(expires) }),
      created: seconds(createdAt),
      updated: seconds(createdAt),
      recoveryLevel: "Recoverable+Purgeable",
      recoverableDays: 90,
    },
    tags,
  } as { readonly id: string };
}

const seconds = (ms: number): number => Math.floor(ms / 1000);
const originOf = ({ headers }: Call): string => `https://${headers.host ?? ""}`;
