import { createCredentialLatch, type Session } from "@vaultlink/core/provider";
import type { JobRunner, Requester } from "./job-runner.ts";
import { list } from "./list.ts";
import { createIdCache } from "./id-cache.ts";
import { MAX_BATCH, read, readMany } from "./read.ts";
import { version } from "./version.ts";

/** Calls at a time: the SDK's thread does one after another, a Connect server gets so many, and quotas are small. */
const MAX_CONCURRENCY = 8;

/** What `open` made. */
export interface SessionParts {
  readonly runner: JobRunner;
  readonly rememberMinutes: number;
  readonly identity: string;
}

/** The authenticated session. There is nothing to revoke: no token is ours. */
export function createSession({ runner, rememberMinutes, identity }: SessionParts): Session {
  // A refused token costs more requests each time it is tried, and the account's quota is small.
  const latch = createCredentialLatch();
  const request: Requester = (job, { signal }) => latch(() => runner.run(job, signal));
  const now = (): number => performance.now();
  const idCache = createIdCache(rememberMinutes, now);
  const folderIds = createIdCache<readonly string[]>(rememberMinutes, now);
  const reader = { request, idCache, costs: runner.costs };
  return {
    identity,
    read: (locator, context) => read(reader, locator, context),
    readMany: (locators, context) => readMany(reader, locators, context),
    maxBatch: MAX_BATCH,
    maxConcurrency: MAX_CONCURRENCY,
    version: (locator, context) => version(reader, locator, context),
    list: (query, context) => list({ request, folderIds }, query, context),
    ...(runner.requests && { requests: runner.requests }),
    close: () => runner.close(),
  };
}
