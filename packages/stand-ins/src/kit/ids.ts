import { createHash } from "node:crypto";

/** Ids that look random and are the same in every run with the same seed. */
export interface Ids {
  /** Letters and digits. */
  text(length: number): string;
  /** `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`. */
  uuid(): string;
  /** As many bytes as asked, e.g. for a key. */
  bytes(length: number): Buffer;
}

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export function seededIds(seed: string): Ids {
  let count = 0;
  const bytes = (length: number): Buffer => {
    const parts: Buffer[] = [];
    for (let have = 0; have < length; have += 32) {
      count += 1;
      parts.push(createHash("sha256").update(`${seed}:${count}`).digest());
    }
    return Buffer.concat(parts).subarray(0, length);
  };
  return {
    bytes,
    text: (length) => Array.from(bytes(length), (byte) => ALPHABET[byte % ALPHABET.length]).join(""),
    uuid: () =>
      bytes(16)
        .toString("hex")
        .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
  };
}
