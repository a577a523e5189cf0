import { type Context, isSecretError, SecretError, type Session } from "@vaultlink/core/provider";
import { createAsk } from "./ask.ts";
import type { Grant } from "./auth/grant.ts";
import { lookUp } from "./look-up.ts";
import { group } from "./body.ts";
import { unexpected } from "./errors.ts";
import { factsOfAuth, sameIdentity, type TokenFacts } from "./facts.ts";
import { createLostLeases } from "./leases.ts";
import { list } from "./list.ts";
import { createMounts, type MountHints } from "./mounts.ts";
import { read, type Reader } from "./read.ts";
import type { VaultApi } from "./vault-api.ts";
import { findVersion } from "./version.ts";

export interface SessionParts {
  readonly api: VaultApi;
  /** Empty for the root. */
  readonly namespace: string;
  readonly grant: Grant;
  /** Absent if nothing tells it from another. */
  readonly identity: string | undefined;
  readonly hints: MountHints;
  /** Frees the transport. */
  readonly close: () => void;
}

/** An authenticated session: what `open` found, and the requests one may make with it. */
export function createSession({ api, namespace, grant, identity, hints, close }: SessionParts): Session {
  const { facts, ours, hint, proxied } = grant;
  const closing = new AbortController();
  const lookups = facts !== undefined && !facts.counted;
  const ask = createAsk({ api, hint, lookups, closing: closing.signal });
  const lost = createLostLeases(api, closing.signal);
  const reader: Reader = { ask, mounts: createMounts(ask, hints), lost, namespace };

  /** What the vault says of the token after its renewal; a proxy renews its token by itself. */
  const renewed = async (context: Context): Promise<TokenFacts | undefined> => {
    if (proxied === true) return lookUp(api, hint, AbortSignal.any([context.signal, closing.signal]));
    const askedAt = Date.now();
    const answer = await ask((vault, signal) => vault.renewSelf(signal), context, { at: "own-token" });
    const auth = group(answer.body, "auth");
    if (auth === undefined) throw unexpected(answer);
    return factsOfAuth(auth, askedAt);
  };

  /** What the token was renewed for is another session's business: this one answers as whom it was opened. */
  let changed = false;
  const expectSame = (): void => {
    if (!changed) return;
    throw new SecretError("unauthenticated", "The vault token stands for another identity, or other rights, now.", {
      hint,
    });
  };
  const renew = async (context: Context): Promise<number> => {
    expectSame();
    const after = await renewed(context);
    changed = facts !== undefined && after !== undefined && !sameIdentity(facts, after);
    expectSame();
    return after?.expiresAt ?? Infinity;
  };

  return {
    ...(identity !== undefined && { identity }),
    ...(facts !== undefined && { roles: facts.policies }),
    ...(facts?.expiresAt !== undefined && { expiresAt: facts.expiresAt }),
    ...(facts?.renewAt !== undefined && { renewAt: facts.renewAt }),
    read: async (locator, context) => {
      expectSame();
      return read(reader, locator, context);
    },
    version: async (locator, context) => {
      expectSame();
      return findVersion(reader, locator, context);
    },
    list: async function* (query, context) {
      expectSame();
      yield* list(ask, reader.mounts, query, context);
    },
    // A renewal would cost a use, too.
    ...(facts?.renewable === true && !facts.counted && { renew }),
    release: async (lease, context) => {
      await ask((vault, signal) => vault.revokeLease(lease, signal), context);
    },
    ...(ours && {
      revoke: async (context: Context) => {
        try {
          await ask((vault, signal) => vault.revokeSelf(signal), context, { at: "own-token" });
        } catch (thrown) {
          // The vault has ended it already.
          if (!isSecretError(thrown) || thrown.code !== "unauthenticated") throw thrown;
        }
      },
    }),
    close: async () => {
      await lost.settled();
      closing.abort();
      close();
    },
  };
}
