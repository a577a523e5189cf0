import { isSecretError, SecretError, type Session } from "@vaultlink/core/provider";
import type { Ask } from "./ask.ts";
import type { Costs } from "./costs.ts";
import type { Line } from "./line.ts";
import { list } from "./list.ts";
import type { Memo } from "./memo.ts";
import { MAX_BATCH, read, readMany } from "./read.ts";
import { version } from "./version.ts";

/** What `open` made. */
export interface SessionParts {
  readonly line: Line;
  readonly memo: Memo;
  readonly costs: Costs;
  readonly identity: string;
}

/** The authenticated session. There is nothing to revoke: no token is ours. */
export function createSession({ line, memo, costs, identity }: SessionParts): Session {
  let lapsed: SecretError | undefined;
  const ask: Ask = async (job, { signal }) => {
    // A refused token costs more requests each time it is tried, and the account's quota is small.
    if (lapsed !== undefined) throw new SecretError(lapsed.code, lapsed.message, lapsed.details);
    try {
      return await line.run(job, signal);
    } catch (thrown) {
      if (isSecretError(thrown) && thrown.code === "unauthenticated") lapsed = thrown;
      throw thrown;
    }
  };
  const way = { ask, memo, costs };
  return {
    identity,
    read: (locator, context) => read(way, locator, context),
    readMany: (locators, context) => readMany(way, locators, context),
    maxBatch: MAX_BATCH,
    version: (locator, context) => version(way, locator, context),
    list: (query, context) => list(ask, query, context),
    ...(line.requests && { requests: line.requests }),
    close: () => line.close(),
  };
}
