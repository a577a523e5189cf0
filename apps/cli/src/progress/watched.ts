import type { VaultAccess } from "../vault/access.ts";
import type { Progress } from "./progress.ts";

/** What core gives a call, and an opening without a person, unless told otherwise; in ms. */
export const LIMIT_MS = 30_000;

/** The same vault; whoever waits for it sees that, and for how long. */
export function watched(vault: VaultAccess, progress: Progress): VaultAccess {
  const status = (): ReturnType<VaultAccess["status"]> => vault.status();
  return {
    keepsSessions: vault.keepsSessions ?? false,
    getMany: (names, options = {}) =>
      progress.during({ names, status, limitMs: options.deadlineMs ?? LIMIT_MS }, () => vault.getMany(names, options)),
    relink: (name, reference, options = {}) =>
      progress.during({ names: [reference], status, limitMs: options.deadlineMs ?? LIMIT_MS }, () =>
        vault.relink(name, reference, options),
      ),
    reauthenticate: (connection, options = {}) =>
      progress.during({ connection, status, ...(options.prompter === undefined && { limitMs: LIMIT_MS }) }, () =>
        vault.reauthenticate(connection, options),
      ),
    list: (connection, query, options = {}) =>
      watchedEach(vault.list(connection, query, options), (next) =>
        // Each folder of a search has a time of its own, so that none is the whole search's.
        progress.during({ connection, status }, next),
      ),
    disconnect: (connection) => progress.during({ connection }, () => vault.disconnect(connection)),
    status,
    close: (options) => vault.close(options),
  };
}

/** The same items; whoever waits for the next one sees that. */
async function* watchedEach<Item>(
  items: AsyncIterable<Item>,
  during: (next: () => Promise<IteratorResult<Item>>) => Promise<IteratorResult<Item>>,
): AsyncGenerator<Item, void, undefined> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await during(() => iterator.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
