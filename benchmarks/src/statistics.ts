/** The middle of several numbers: what one slow moment of a shared machine does not move. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

/** Runs several measurements in turn, A B C A B C …, so that a drift of the machine meets them all alike. */
export async function inTurn<Name extends string>(
  rounds: number,
  measurements: Readonly<Record<Name, () => Promise<number> | number>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(measurements) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const took = await measurements[name]();
      // The first round warms up.
      if (round >= 0) results[name].push(took);
    }
  }
  return results;
}

/** The median of the ratios of each pair. */
export function ratio(a: readonly number[], b: readonly number[]): number {
  return median(a.map((value, index) => value / (b[index] ?? Number.NaN)));
}
