import { createHash, createPrivateKey, type JsonWebKey } from "node:crypto";

/*
 * OpenSSH's own form of a private key, without a passphrase. A Connect server gives keys as PKCS#8, and Node writes no
 * other. https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key, RFC 4253 §6.6, RFC 8709.
 */
const MAGIC = "openssh-key-v1\0";
const BLOCK = 8;
const WIDTH = 70;

/** Writes a PEM key in OpenSSH's form; `undefined` for one that is no Ed25519 or RSA key. */
export function toOpenSsh(pem: string): string | undefined {
  if (pem.startsWith("-----BEGIN OPENSSH PRIVATE KEY-----")) return pem;
  const key = readKey(pem);
  const parts = key && partsOf(key);
  if (parts === undefined) return undefined;
  const open = Buffer.concat(parts.open.map(field));
  // The same for the same key: a value that differs at each read would look rotated.
  const check = createHash("sha256").update(pem).digest().subarray(0, 4);
  const secret = pad(Buffer.concat([check, check, ...parts.secret.map(field), field("")]));
  const none = field("none");
  const one = Buffer.from([0, 0, 0, 1]);
  const body = Buffer.concat([Buffer.from(MAGIC), none, none, field(""), one, field(open), field(secret)]);
  const lines = body.toString("base64").match(new RegExp(`.{1,${WIDTH}}`, "g")) ?? [];
  return ["-----BEGIN OPENSSH PRIVATE KEY-----", ...lines, "-----END OPENSSH PRIVATE KEY-----", ""].join("\n");
}

function readKey(pem: string): JsonWebKey | undefined {
  try {
    return createPrivateKey(pem).export({ format: "jwk" });
  } catch {
    // OpenSSL's message may quote a piece of the key, and Node exports few kinds.
    return undefined;
  }
}

type Part = string | Uint8Array;

/** The public key, and all of it, as lists of what OpenSSH writes one after the other. */
function partsOf(jwk: JsonWebKey): { readonly open: readonly Part[]; readonly secret: readonly Part[] } | undefined {
  const bytes = (name: "d" | "e" | "n" | "p" | "q" | "qi" | "x"): Buffer => Buffer.from(jwk[name] ?? "", "base64url");
  if (jwk.kty === "OKP" && jwk.crv === "Ed25519") {
    const [open, seed] = [bytes("x"), bytes("d")];
    return { open: ["ssh-ed25519", open], secret: ["ssh-ed25519", open, Buffer.concat([seed, open])] };
  }
  if (jwk.kty !== "RSA") return undefined;
  const number = (name: Parameters<typeof bytes>[0]): Buffer => positive(bytes(name));
  return {
    open: ["ssh-rsa", number("e"), number("n")],
    secret: ["ssh-rsa", ...(["n", "e", "d", "qi", "p", "q"] as const).map(number)],
  };
}

/** A number whose first bit would else be its sign. */
function positive(bytes: Buffer): Buffer {
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
}

function field(part: Part): Buffer {
  const bytes = Buffer.from(part as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.byteLength);
  return Buffer.concat([length, bytes]);
}

/** To whole blocks, with 1, 2, 3 … */
function pad(bytes: Buffer): Buffer {
  const missing = (BLOCK - (bytes.byteLength % BLOCK)) % BLOCK;
  return Buffer.concat([bytes, Buffer.from(Array.from({ length: missing }, (_, index) => index + 1))]);
}
