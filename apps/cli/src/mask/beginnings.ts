/** Bytes of a pattern that tell whether one may begin at a place; no pattern may be shorter. */
export const BEGINNING = 4;

/** 2^20 bits: a thousand secrets, with all their forms, set less than one in a hundred of them. */
const BITS = 20;
/** 2^32 divided by the golden ratio: spreads what differs little (Knuth, "The Art of Computer Programming", 6.4). */
const SPREAD = 0x9e3779b1;

/** Which four bytes begin a pattern. It may say yes to others, and says no to none that do. */
export class Beginnings {
  readonly #bits = new Int32Array(2 ** BITS / 32);

  constructor(patterns: readonly Uint8Array[]) {
    for (const [a = 0, b = 0, c = 0, d = 0] of patterns) {
      const bit = Math.imul((a << 24) | (b << 16) | (c << 8) | d, SPREAD) >>> (32 - BITS);
      this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] as number) | (1 << (bit & 31));
    }
  }

  /** The first place from `from` on where a pattern may begin, or where too few bytes are left to tell. */
  find(bytes: Uint8Array, from: number): number {
    const bits = this.#bits;
    const last = bytes.length - BEGINNING;
    if (from > last) return from;
    let four = ((bytes[from] as number) << 16) | ((bytes[from + 1] as number) << 8) | (bytes[from + 2] as number);
    for (let at = from; at <= last; at++) {
      four = (four << 8) | (bytes[at + 3] as number);
      const bit = Math.imul(four, SPREAD) >>> (32 - BITS);
      if (((bits[bit >>> 5] as number) & (1 << (bit & 31))) !== 0) return at;
    }
    return last + 1;
  }
}
