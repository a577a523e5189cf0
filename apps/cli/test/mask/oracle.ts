/** A piece of input, or a silence after what came before. */
export type Step = Uint8Array | "silence";

/** What the rule of the masker says of an input, found by comparing every pattern with every place. Slow, and obvious. */
export interface Expected {
  readonly output: Buffer;
  /** The most bytes of one occurrence that silences showed. */
  readonly shown: number;
}

/** What a silence may show of a candidate, in bytes. */
const LET_GO = 3;

export function expected(patterns: readonly Uint8Array[], steps: readonly Step[], mask: Uint8Array): Expected {
  const input = Buffer.concat(steps.filter((step) => step !== "silence"));
  const occurrences = patterns.flatMap((pattern) => placesOf(pattern, input));
  const isSecret = secretAt(occurrences, input.length);
  const isShown = Array.from({ length: input.length }, () => false);
  let read = 0;
  for (const step of steps) {
    if (step !== "silence") read += step.length;
    else {
      const start = candidate(patterns, input.subarray(0, read));
      const known = secretAt(
        occurrences.filter(({ to }) => to <= read),
        input.length,
      );
      for (let at = start; at < Math.min(start + LET_GO, read); at++) isShown[at] ||= !known[at];
    }
  }
  const output: Uint8Array[] = [];
  for (let at = 0; at < input.length; at++) {
    if (!isSecret[at] || isShown[at]) output.push(input.subarray(at, at + 1));
    else if (at === 0 || !isSecret[at - 1] || isShown[at - 1]) output.push(mask);
  }
  const shown = occurrences.map(({ from, to }) => isShown.slice(from, to).filter(Boolean).length);
  return { output: Buffer.concat(output), shown: Math.max(0, ...shown) };
}

function placesOf(pattern: Uint8Array, input: Buffer): { from: number; to: number }[] {
  const places = [];
  for (let from = 0; from + pattern.length <= input.length; from++) {
    if (input.subarray(from, from + pattern.length).equals(pattern)) places.push({ from, to: from + pattern.length });
  }
  return places;
}

function secretAt(occurrences: readonly { from: number; to: number }[], length: number): readonly boolean[] {
  const is = Array.from({ length }, () => false);
  for (const { from, to } of occurrences) is.fill(true, from, to);
  return is;
}

/** Where the longest end of the input begins that begins a longer pattern. */
function candidate(patterns: readonly Uint8Array[], input: Buffer): number {
  for (let from = 0; from < input.length; from++) {
    const end = input.subarray(from);
    if (patterns.some((one) => one.length > end.length && end.equals(one.subarray(0, end.length)))) return from;
  }
  return input.length;
}
