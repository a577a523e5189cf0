import { constants, createCipheriv, createDecipheriv, type KeyObject, publicEncrypt, randomBytes } from "node:crypto";
import { base64url } from "./encoding.ts";

/** An encrypted value, on the wire and inside records. */
export interface Envelope {
  readonly kid: string;
  readonly enc: "A256GCM";
  readonly cty: "b5+jwk+json";
  readonly iv: string;
  readonly data: string;
}

/** Bytes of the tag at the end of the data. */
const TAG = 16;

/** Encrypts JSON under a key of 32 bytes. */
export function seal(kid: string, key: Uint8Array, content: unknown): Envelope {
  const iv = randomBytes(12);
  const data = encrypt(key, iv, Buffer.from(JSON.stringify(content)));
  return { kid, enc: "A256GCM", cty: "b5+jwk+json", iv: base64url(iv), data: base64url(data) };
}

/** Ciphertext with its tag behind it. */
export function encrypt(key: Uint8Array, iv: Uint8Array, content: Uint8Array): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  return Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/** Decrypts what a client sent; `undefined` for what is no envelope, or is under another key. */
export function unseal(text: string, key: Uint8Array): unknown {
  try {
    const { iv, data } = JSON.parse(text) as Envelope;
    const bytes = Buffer.from(data, "base64url");
    const cipher = createDecipheriv("aes-256-gcm", key, Buffer.from(iv, "base64url"));
    cipher.setAuthTag(bytes.subarray(-TAG));
    return JSON.parse(Buffer.concat([cipher.update(bytes.subarray(0, -TAG)), cipher.final()]).toString());
  } catch {
    return undefined;
  }
}

/** Encrypts JSON for the owner of an RSA key. */
export function sealFor(kid: string, key: KeyObject, content: unknown): Omit<Envelope, "enc" | "iv"> & { enc: string } {
  const data = publicEncrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" },
    Buffer.from(JSON.stringify(content)),
  );
  return { kid, enc: "RSA-OAEP", cty: "b5+jwk+json", data: base64url(data) };
}
