/**
 * The known name that a mistyped one most likely meant, or `undefined` if none is close.
 * Close: at most a third of the letters inserted, dropped, changed or swapped with their neighbour.
 */
export function closestMatch(typed: string, known: Iterable<string>): string | undefined {
  // A caller without types may give anything.
  if (typeof typed !== "string" || typed.length > 100) return undefined;
  const wanted = typed.toLowerCase();
  let found: string | undefined;
  let best = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const name of known) {
    if (Math.abs(name.length - typed.length) >= best) continue;
    const away = distance(wanted, name.toLowerCase());
    if (away < best) [found, best] = [name, away];
  }
  return found;
}

/** Edits between two texts: optimal string alignment, three rows at a time. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(at(above, j) + 1, at(row, j - 1) + 1, at(above, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(before, j - 2) + 1);
      row.push(least);
    }
    [before, above] = [above, row];
  }
  return at(above, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Infinity;
