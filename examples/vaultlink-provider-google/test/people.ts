import { generateKeyPairSync, type KeyObject } from "node:crypto";

/** A service account, as the vault knows it and as its file says. */
export interface Account {
  readonly email: string;
  readonly publicKey: KeyObject;
  readonly privateKey: string;
  /** What the stand-in calls it, and makes its tokens of. */
  readonly token: string;
}

/** Makes a service account with a key of its own. */
export function account(name: string): Account {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    email: `${name}@shop.iam.gserviceaccount.com`,
    publicKey,
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    token: `vlcanary-${name}`,
  };
}

/** A line of a private key that is in no other. */
export function lineOf({ privateKey }: Account): string {
  return privateKey.split("\n")[5] ?? "";
}
