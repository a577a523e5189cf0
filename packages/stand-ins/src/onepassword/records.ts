import { createHash } from "node:crypto";
import type { Account } from "./account.ts";
import { base64url, stamp } from "./encoding.ts";
import { seal, sealFor } from "./envelope.ts";
import type { SeedSection } from "./seed.ts";
import type { StoredItem, StoredVault } from "./vaults.ts";

/** The key set of an account: its symmetric key under the token's key, its private key under that. */
export function keySetRecord(account: Account, now: number): object {
  const { keySetId, rsa, symmetricKey, unlockKey, userAuth } = account;
  const common = { kid: keySetId, alg: "RSA-OAEP", ext: true };
  return {
    uuid: keySetId,
    encryptedBy: "mp",
    sn: 1,
    encSymKey: {
      ...seal("mp", unlockKey, symmetricJwk(keySetId, symmetricKey)),
      alg: userAuth.alg,
      p2c: userAuth.iterations,
      p2s: userAuth.salt,
    },
    encPriKey: seal(keySetId, symmetricKey, {
      ...rsa.privateKey.export({ format: "jwk" }),
      ...common,
      key_ops: ["decrypt"],
    }),
    pubKey: { ...rsa.publicKey.export({ format: "jwk" }), ...common, key_ops: ["encrypt"] },
    encSPriKey: null,
    spubKey: null,
    createdAt: stamp(now),
    updatedAt: stamp(now),
  };
}

/** What this account sees of a vault, its key included. */
export function vaultRecord({ id, key, name, items, createdAt }: StoredVault, account: Account): object {
  const { keySetId, rsa, userId } = account;
  return {
    uuid: id,
    type: "U",
    createdAt: stamp(createdAt),
    updatedAt: stamp(createdAt),
    attrVersion: 1,
    contentVersion: 1,
    activeItemCount: items.size,
    accessorsVersion: 1,
    clientAccess: 1,
    encAttrs: seal(id, key, { uuid: id, type: "U", name, desc: "", avatar: "", color: "" }),
    combinedAccess: {
      vaultUuid: id,
      accessorType: "user",
      accessorUuid: userId,
      acl: 2_147_483_646,
      accessVersion: 1,
      leaseTimeout: 0,
      vaultKeySN: 1,
      encryptedBy: keySetId,
      encVaultKey: sealFor(keySetId, rsa.publicKey, symmetricJwk(id, key)),
    },
  };
}

/** An item without its details. */
export function overviewRecord(item: StoredItem, { id: vaultId, key }: StoredVault, account: Account): object {
  return {
    uuid: item.id,
    templateUuid: "112",
    // The client calls these archived, and takes every other letter for an active item.
    trashed: item.state === "archived" ? "Y" : "N",
    createdAt: stamp(item.createdAt),
    updatedAt: stamp(item.updatedAt),
    changerUuid: account.userId,
    packageUuid: "",
    itemVersion: item.version,
    faveIndex: 0,
    encryptedBy: vaultId,
    encOverview: seal(vaultId, key, { title: item.title, url: "", tags: [], ainfo: "" }),
  };
}

/** An item with its details. */
export function itemRecord(item: StoredItem, vault: StoredVault, account: Account): object {
  const sections = item.sections.map(sectionRecord);
  const details = { fields: [], notesPlain: "", sections: [...sections, ...fileSection(item)] };
  return { ...overviewRecord(item, vault, account), encDetails: seal(vault.id, vault.key, details) };
}

/** What holds the fields that a person sees outside any section. */
const OUTSIDE = "add more";

function sectionRecord({ fields, id, title }: SeedSection): object {
  return {
    name: id ?? title ?? OUTSIDE,
    title: title ?? "",
    fields: fields.map((field) => ({
      n: field.id ?? field.label.toLowerCase().replaceAll(/[^a-z0-9]/g, ""),
      t: field.label,
      v: field.value,
      k: field.kind ?? "concealed",
    })),
  };
}

/** Attached files are fields of a kind of their own. */
function fileSection({ files }: StoredItem): readonly object[] {
  if (files.length === 0) return [];
  const fields = files.map(({ id, name, bytes, key, nonce, size }) => ({
    n: id,
    t: name,
    k: "file",
    v: {
      documentId: id,
      fileName: name,
      unencryptedSize: size,
      encryptedSize: bytes.byteLength,
      encryptionKey: symmetricJwk(id, key),
      integrityHash: base64url(createHash("sha256").update(bytes).digest()),
      nonce: base64url(nonce),
      signingKey: {},
    },
  }));
  return [{ name: "files", title: "Files", fields }];
}

function symmetricJwk(kid: string, key: Uint8Array): object {
  return { kid, alg: "A256GCM", k: base64url(key), kty: "oct", ext: true, key_ops: ["decrypt", "encrypt"] };
}
