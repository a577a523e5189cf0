import { type Context, isSecretError, type Session } from "@vaultlink/core";
import { createAsk } from "./ask.ts";
import type { Grant } from "./auth/grant.ts";
import { group } from "./body.ts";
import { strange } from "./errors.ts";
import { factsOfAuth } from "./facts.ts";
import { list } from "./list.ts";
import { createMounts, type MountHints } from "./mounts.ts";
import { read } from "./read.ts";
import type { VaultApi } from "./vault-api.ts";

export interface SessionParts {
  readonly api: VaultApi;
  readonly grant: Grant;
  readonly identity: string;
  readonly hints: MountHints;
  /** Frees the transport. */
  readonly close: () => void;
}

/** An authenticated session: what `open` found, and the requests one may make with it. */
export function createSession({ api, grant, identity, hints, close }: SessionParts): Session {
  const { facts, ours, mend } = grant;
  const closing = new AbortController();
  const lookups = facts !== undefined && !facts.counted;
  const ask = createAsk({ api, mend, lookups, closing: closing.signal });
  const mounts = createMounts(ask, hints);

  const renew = async (context: Context): Promise<number> => {
    const askedAt = Date.now();
    const answer = await ask((vault, signal) => vault.renewSelf(signal), context);
    const auth = group(answer.body, "auth");
    if (auth === undefined) throw strange(answer);
    return factsOfAuth(auth, askedAt).expiresAt ?? Infinity;
  };

  return {
    identity,
    ...(facts !== undefined && { roles: facts.policies }),
    ...(facts?.expiresAt !== undefined && { expiresAt: facts.expiresAt }),
    read: (locator, context) => read(ask, mounts, locator, context),
    list: (query, context) => list(ask, mounts, query, context),
    // A renewal would cost a use, too.
    ...(facts?.renewable === true && !facts.counted && { renew }),
    release: async (lease, context) => {
      await ask((vault, signal) => vault.revokeLease(lease, signal), context);
    },
    ...(ours && {
      revoke: async (context: Context) => {
        try {
          await ask((vault, signal) => vault.revokeSelf(signal), context);
        } catch (thrown) {
          // The vault has ended it already.
          if (!isSecretError(thrown) || thrown.code !== "unauthenticated") throw thrown;
        }
      },
    }),
    close: async () => {
      closing.abort();
      close();
    },
  };
}
