import { createHash, getDiffieHellman } from "node:crypto";

/*
 * SRP-6a as the client speaks it: group of 4096 bits from RFC 5054, SHA-256. Three things differ from the books: the
 * session key is made of the text of S, the proof takes A and B without the zeros that u takes them with, and k takes g
 * with zeros that the proof takes it without.
 */
const N_BYTES = getDiffieHellman("modp16").getPrime();
const N = BigInt(`0x${N_BYTES.toString("hex")}`);
const G = 5n;
const LENGTH = 512;

/** Digits of a big number on the wire. */
const DIGITS = 1024;

const hash = (...parts: readonly (Uint8Array | string)[]): Buffer => {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part);
  return sum.digest();
};
const toInt = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
const pad = (n: bigint): Buffer => Buffer.from(n.toString(16).padStart(LENGTH * 2, "0"), "hex");

/** The number in as few bytes as it needs. */
function bytesOf(n: bigint): Buffer {
  const hex = n.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
}

const K_FACTOR = toInt(hash(pad(N), pad(G)));
const GROUP_HASH = Buffer.from(hash(N_BYTES).map((byte, index) => byte ^ (hash(Buffer.from([5]))[index] ?? 0)));

/** What the server keeps of a credential: g^x, from the x in hexadecimal digits. */
export function verifierOf(srpX: string): bigint {
  return power(G, BigInt(`0x${srpX}`));
}

/** Who signs in, as both sides put it into the proof. */
export interface SrpUser {
  readonly email: string;
  /** Id of the secret key. */
  readonly keyId: string;
  readonly salt: Uint8Array;
  readonly verifier: bigint;
}

/** One exchange, from the server's side. */
export interface Exchange {
  /** Key of the session, 32 bytes. */
  readonly key: Buffer;
  /** What goes back to the client, in hexadecimal digits. */
  readonly userB: string;
  /** The proof the client must give. */
  readonly proof: Buffer;
  /** What proves the server to the client. */
  readonly reply: Buffer;
}

/** Answers the client's A, in hexadecimal digits, with a secret of 32 bytes. `undefined` for an A that is none. */
export function exchange(userA: string, secret: Uint8Array, user: SrpUser): Exchange | undefined {
  if (!/^[0-9a-f]{1,1024}$/i.test(userA)) return undefined;
  const a = BigInt(`0x${userA}`);
  if (a % N === 0n) return undefined;
  const b = toInt(secret);
  const userB = (K_FACTOR * user.verifier + power(G, b)) % N;
  const u = toInt(hash(pad(a), pad(userB)));
  const shared = power((a * power(user.verifier, u)) % N, b);
  const key = hash(shared.toString(16));
  const identity = hash(hash(user.keyId), hash(user.email)).toString("base64url");
  const proof = hash(GROUP_HASH, hash(identity), user.salt, bytesOf(a), bytesOf(userB), key);
  return {
    key,
    userB: userB.toString(16).padStart(DIGITS, "0"),
    proof,
    reply: hash(bytesOf(a), proof, key),
  };
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % N;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * square) % N;
    square = (square * square) % N;
  }
  return result;
}
