import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { randomBytes } from "../random.ts";

/** The versions of the protocol spoken here, newest first. Version 0 knows `ping` and `stop` alone, and always will. */
export const VERSIONS: readonly number[] = [2, 1, 0];

const NONCE_BYTES = 16;

/** What both ends know before anything secret is said. */
export interface Exchange {
  readonly version: number;
  /** 16 random bytes of the client. */
  readonly clientNonce: Buffer;
  /** 16 random bytes of the server. */
  readonly serverNonce: Buffer;
}

export function makeNonce(): Buffer {
  return randomBytes(NONCE_BYTES);
}

/** A nonce as it stands in a message, or `undefined` for what is none. */
export function parseNonce(text: unknown): Buffer | undefined {
  return parseBytes(text, NONCE_BYTES);
}

/** The server's proof: it knows the cookie and listens at the socket the client found, whose inode is `inode`. */
export function serverProof(cookie: Buffer, { version, clientNonce, serverNonce }: Exchange, inode: string): Buffer {
  return mac(cookie, ["S", String(version), clientNonce, serverNonce, inode]);
}

/** The client's proof: it knows the cookie. */
export function clientProof(cookie: Buffer, { version, clientNonce, serverNonce }: Exchange): Buffer {
  return mac(cookie, ["C", String(version), clientNonce, serverNonce]);
}

/** Whether a message's proof is the one expected; how long the comparison takes says nothing. */
export function isProof(text: unknown, expected: Buffer): boolean {
  const given = parseBytes(text, expected.length);
  return given !== undefined && isEqual(given, expected);
}

/** The newest version both ends speak, or `undefined`. */
export function chooseVersion(offered: unknown, spoken: readonly number[] = VERSIONS): number | undefined {
  if (!Array.isArray(offered) || offered.length > 16) return undefined;
  return spoken.find((version) => offered.includes(version));
}

/** Looks at every byte, wherever the first difference is. Both are of one length. */
function isEqual(one: Buffer, other: Buffer): boolean {
  let difference = 0;
  for (const [at, byte] of one.entries()) difference |= byte ^ (other[at] ?? 0);
  return difference === 0;
}

/**
 * HMAC-SHA-256 over fields of which each is preceded by its length, so that none can run into the next. Not by
 * `node:crypto`, which takes longer to load than all else that a command needs to ask the agent.
 */
function mac(cookie: Buffer, fields: ReadonlyArray<string | Buffer>): Buffer {
  const made = hmac.create(sha256, cookie);
  for (const field of fields) {
    const bytes = typeof field === "string" ? Buffer.from(field) : field;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    made.update(length).update(bytes);
  }
  return Buffer.from(made.digest());
}

/** Base64 of exactly so many bytes, in its one canonical spelling. */
function parseBytes(text: unknown, length: number): Buffer | undefined {
  if (typeof text !== "string" || text.length !== Math.ceil(length / 3) * 4) return undefined;
  const bytes = Buffer.from(text, "base64");
  return bytes.length === length && bytes.toString("base64") === text ? bytes : undefined;
}
