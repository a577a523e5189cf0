import type { Ids } from "./protocol.ts";

/** Which item each name meant. A later read by ids costs one request where a lookup costs three. */
export interface IdCache {
  readonly get: (reference: string) => Ids | undefined;
  readonly set: (reference: string, ids: Ids) => void;
  readonly drop: (reference: string) => void;
}

/** References at most; the oldest goes first. */
const MOST = 10_000;

/** Remembers for so many minutes. `now` is ms since some beginning, and never goes back. */
export function createIdCache(minutes: number, now: () => number): IdCache {
  const held = new Map<string, { readonly ids: Ids; readonly until: number }>();
  return {
    get: (reference) => {
      const found = held.get(reference);
      if (found === undefined || now() < found.until) return found?.ids;
      held.delete(reference);
      return undefined;
    },
    set: (reference, ids) => {
      held.delete(reference);
      if (minutes > 0) held.set(reference, { ids, until: now() + minutes * 60_000 });
      const oldest = held.size > MOST ? held.keys().next().value : undefined;
      if (oldest !== undefined) held.delete(oldest);
    },
    drop: (reference) => void held.delete(reference),
  };
}
