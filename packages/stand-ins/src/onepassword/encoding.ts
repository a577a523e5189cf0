/** Bytes as they stand in JSON: base64url without padding. */
export function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** 16 bytes as an id: 26 base32 characters, the last two bits zero. The client refuses any other form. */
export function idOf(bytes: Uint8Array): string {
  let bits = BigInt(`0x${Buffer.from(bytes.subarray(0, 16)).toString("hex")}`) << 2n;
  let text = "";
  for (let index = 0; index < 26; index++) {
    text = (ALPHABET[Number(bits & 31n)] ?? "") + text;
    bits >>= 5n;
  }
  return text;
}

/** Whether a text is an id, in either case. */
export function isId(text: string): boolean {
  return /^[a-z2-7]{26}$/i.test(text);
}

/** The instant in the vendor's form, e.g. `2024-01-01T00:00:00Z`. */
export function stamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, "Z");
}
