import type { Step } from "./oracle.ts";

/** Patterns and an input that is likely to hold them, cut somewhere. */
export interface Case {
  readonly patterns: readonly Uint8Array[];
  readonly steps: readonly Step[];
}

/** Numbers from 0 to 1 that a seed decides: mulberry32, by Tommy Ettinger, in the public domain. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One case. Few letters make patterns that repeat themselves, overlap, and begin as others end. */
export function makeCase(next: () => number): Case {
  const upTo = (count: number): number => Math.floor(next() * count);
  const letters = 1 + upTo(3) + (upTo(4) === 0 ? 253 : 0);
  const bytes = (length: number): Buffer => Buffer.from(Array.from({ length }, () => upTo(letters)));
  const patterns = Array.from({ length: 1 + upTo(4) }, () => bytes(4 + upTo(9)));
  const input = Buffer.concat(Array.from({ length: 1 + upTo(6) }, () => part(patterns, upTo, bytes)));
  return { patterns, steps: cut(input, upTo) };
}

/** A pattern, its beginning, its end, or anything. */
function part(patterns: readonly Buffer[], upTo: (n: number) => number, bytes: (n: number) => Buffer): Buffer {
  const pattern = patterns[upTo(patterns.length)] ?? Buffer.alloc(0);
  switch (upTo(4)) {
    case 0:
      return pattern;
    case 1:
      return pattern.subarray(0, upTo(pattern.length));
    case 2:
      return pattern.subarray(upTo(pattern.length));
    default:
      return bytes(upTo(8));
  }
}

function cut(input: Buffer, upTo: (n: number) => number): readonly Step[] {
  const steps: Step[] = [];
  const longest = 1 + upTo(16);
  for (let at = 0; at < input.length;) {
    const length = 1 + upTo(longest);
    steps.push(input.subarray(at, at + length));
    if (upTo(3) === 0) steps.push("silence");
    at += length;
  }
  return steps;
}
