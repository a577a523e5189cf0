import type { Session } from "@vaultlink/core/provider";
import { createRequester } from "./request.ts";
import type { Clients } from "./clients.ts";
import { list } from "./list.ts";
import { checkLocator } from "./locator.ts";
import { read } from "./read.ts";
import { MAX_BATCH, readMany } from "./read-many.ts";
import type { Scope } from "./scope.ts";
import { findVersion } from "./version.ts";

/** What `open` found. */
export interface SessionParts {
  readonly clients: Clients;
  readonly scope: Scope;
  readonly identity: string;
  /** When the credentials lapse for good, in ms since the epoch; absent if they renew by themselves, or never lapse. */
  readonly expiresAt?: number | undefined;
  readonly filters: readonly string[];
  readonly closing: AbortController;
  close(): void;
}

/** The authenticated session. There is nothing to revoke: AWS ends temporary credentials by time only. */
export function createSession(parts: SessionParts): Session {
  const { clients, closing, expiresAt, filters, identity, scope } = parts;
  const request = createRequester(clients, closing.signal);
  return {
    identity,
    ...(expiresAt !== undefined && { expiresAt }),
    read: async (locator, context) => read(request, checkLocator(locator, scope), scope, context),
    readMany: (locators, context) => readMany(request, locators, scope, context),
    maxBatch: MAX_BATCH,
    version: async (locator, context) => findVersion(request, checkLocator(locator, scope), scope, context),
    list: (query, context) => list(request, query, { ...scope, filters }, context),
    close: () => {
      closing.abort();
      clients.close();
      parts.close();
      return Promise.resolve();
    },
  };
}
