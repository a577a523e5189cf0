import { turns } from "./bounded.ts";

/** How many handles of each type keep the process alive. */
export type Handles = ReadonlyMap<string, number>;

/** Counts the handles that keep the process alive now. https://nodejs.org/api/process.html#processgetactiveresourcesinfo */
export function handles(): Handles {
  const counts = new Map<string, number>();
  for (const type of process.getActiveResourcesInfo()) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

/** Types of which there are more than before. */
export function grown(before: Handles): string[] {
  return [...handles()].filter(([type, count]) => count > (before.get(type) ?? 0)).map(([type]) => type);
}

/**
 * Types of which more are left than before, once sockets and threads had `ms` to end: a bound for a busy machine, since
 * it is empty as soon as none is left.
 */
export async function left(before: Handles, ms = 10_000): Promise<string[]> {
  const until = performance.now() + ms;
  let more = grown(before);
  while (more.length > 0 && performance.now() < until) {
    await turns(1);
    more = grown(before);
  }
  return more;
}
