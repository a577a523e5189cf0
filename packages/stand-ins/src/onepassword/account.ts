import { generateKeyPairSync, type KeyObject } from "node:crypto";
import type { Ids } from "../kit/ids.ts";
import { CANARY } from "../kit/witness.ts";
import { base64url, idOf } from "./encoding.ts";
import { verifierOf } from "./srp.ts";

/** A service account with the keys of its current token. */
export interface Account {
  /** Our own name of who asks: `app`, `audit`. */
  readonly label: string;
  readonly email: string;
  readonly userId: string;
  /** The account all service accounts belong to. */
  readonly accountId: string;
  readonly keySetId: string;
  readonly userAuth: UserAuth;
  readonly srpX: string;
  readonly verifier: bigint;
  /** Opens the key set. */
  readonly unlockKey: Uint8Array;
  /** Kept in the key set; opens the private key. */
  readonly symmetricKey: Uint8Array;
  readonly secretKey: string;
  /** The secret key's id: what the client shows of it. */
  readonly keyId: string;
  readonly deviceId: string;
  readonly throttle: { readonly seed: string; readonly uuid: string };
  readonly rsa: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
}

interface UserAuth {
  readonly method: "SRPg-4096";
  readonly alg: "PBES2g-HS256";
  readonly iterations: number;
  readonly salt: string;
}

const KEY_ID = "ABCDEF";

/** Makes an account with new keys. */
export function createAccount(label: string, accountId: string, ids: Ids): Account {
  const srpX = secretBytes(ids).toString("hex");
  return {
    label,
    email: `${label}@1passwordserviceaccounts.com`,
    userId: idOf(ids.bytes(16)),
    accountId,
    keySetId: idOf(ids.bytes(16)).toLowerCase(),
    userAuth: { method: "SRPg-4096", alg: "PBES2g-HS256", iterations: 650_000, salt: base64url(ids.bytes(16)) },
    srpX,
    verifier: verifierOf(srpX),
    unlockKey: secretBytes(ids),
    symmetricKey: secretBytes(ids),
    secretKey: `A3-${KEY_ID}-${group(ids, 6)}-${group(ids, 5)}-${group(ids, 5)}-${group(ids, 5)}-${group(ids, 5)}`,
    keyId: KEY_ID,
    deviceId: idOf(ids.bytes(16)).toLowerCase(),
    throttle: { seed: secretBytes(ids).toString("hex"), uuid: idOf(ids.bytes(16)) },
    rsa: rsaPair(),
  };
}

/** The same service account with new keys, as when its token is rotated. */
export function rotate(account: Account, ids: Ids): Account {
  const { label, accountId, email, userId } = account;
  return { ...createAccount(label, accountId, ids), email, userId };
}

/**
 * The token that signs in as an account at an address. It holds all its keys; each of them begins with the marker of
 * fake secrets, and one member more carries it in plain, so that a scan finds the token and every part of it.
 */
export function tokenOf(account: Account, address: string): string {
  const content = {
    signInAddress: address,
    userAuth: account.userAuth,
    email: account.email,
    srpX: account.srpX,
    muk: {
      alg: "A256GCM",
      ext: true,
      k: base64url(account.unlockKey),
      key_ops: ["encrypt", "decrypt"],
      kty: "oct",
      kid: "mp",
    },
    secretKey: account.secretKey,
    throttleSecret: account.throttle,
    deviceUuid: account.deviceId,
    testMarker: `${CANARY}token`,
  };
  return `ops_${base64url(Buffer.from(JSON.stringify(content)))}`;
}

/** 32 bytes, of which the first are the marker of fake secrets. */
function secretBytes(ids: Ids): Buffer {
  return Buffer.concat([Buffer.from(CANARY), ids.bytes(32 - CANARY.length)]);
}

const GROUPS = "ABCDEFGHJKLMNPQRSTVWXYZ23456789";
function group(ids: Ids, length: number): string {
  return Array.from(ids.bytes(length), (byte) => GROUPS[byte % GROUPS.length]).join("");
}

let pair: Account["rsa"] | undefined;

/** Making one takes long, and nothing depends on whose it is: one for all. */
function rsaPair(): Account["rsa"] {
  pair ??= generateKeyPairSync("rsa", { modulusLength: 2048 });
  return pair;
}
