import { isSecretError, SecretError, type Session } from "@vaultlink/core";
import type { Ask } from "./ask.ts";
import { list } from "./list.ts";
import type { Memo } from "./memo.ts";
import { MAX_BATCH, read, readMany } from "./read.ts";
import type { Thread } from "./thread.ts";

/** What `open` made. */
export interface SessionParts {
  readonly thread: Thread;
  readonly memo: Memo;
  readonly identity: string;
}

/** The authenticated session. There is nothing to revoke: a service account's token is not ours. */
export function createSession({ thread, memo, identity }: SessionParts): Session {
  let lapsed: SecretError | undefined;
  const ask: Ask = async (job, { signal }) => {
    // A refused token costs two more requests each time it is tried, and the account's quota is small.
    if (lapsed !== undefined) throw new SecretError(lapsed.code, lapsed.message, lapsed.details);
    try {
      return await thread.run(job, signal);
    } catch (thrown) {
      if (isSecretError(thrown) && thrown.code === "unauthenticated") lapsed = thrown;
      throw thrown;
    }
  };
  return {
    identity,
    read: (locator, context) => read(ask, memo, locator, context),
    readMany: (locators, context) => readMany(ask, memo, locators, context),
    maxBatch: MAX_BATCH,
    list: (query, context) => list(ask, query, context),
    requests: () => thread.requests(),
    close: () => thread.close(),
  };
}
