import type { Ids } from "./protocol.ts";

/** What each name meant: an item, or what else is known by ids. A later read by ids costs one request, a lookup three. */
export interface IdCache<Known = Ids> {
  readonly get: (name: string) => Known | undefined;
  readonly set: (name: string, ids: Known) => void;
  readonly drop: (name: string) => void;
}

/** Names at most; the oldest goes first. */
const MOST = 10_000;

/** Remembers for so many minutes. `now` is ms since some beginning, and never goes back. */
export function createIdCache<Known = Ids>(minutes: number, now: () => number): IdCache<Known> {
  const held = new Map<string, { readonly ids: Known; readonly until: number }>();
  return {
    get: (name) => {
      const found = held.get(name);
      if (found === undefined || now() < found.until) return found?.ids;
      held.delete(name);
      return undefined;
    },
    set: (name, ids) => {
      held.delete(name);
      if (minutes > 0) held.set(name, { ids, until: now() + minutes * 60_000 });
      const oldest = held.size > MOST ? held.keys().next().value : undefined;
      if (oldest !== undefined) held.delete(oldest);
    },
    drop: (name) => void held.delete(name),
  };
}
