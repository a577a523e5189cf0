import {
  type Context,
  definedMembers,
  isSecretError,
  objectMember,
  SecretError,
  type Session,
} from "@vaultlink/core/provider";
import { createRequester } from "./request.ts";
import { unexpectedResponse } from "./errors.ts";
import { lookUp, sameIdentity, type TokenInfo, tokenInfoOfAuth } from "./token-info.ts";
import { createLostLeases } from "./leases.ts";
import { list } from "./list.ts";
import { createMounts, type MountHints } from "./mounts.ts";
import { read, type Reader } from "./read.ts";
import type { Grant } from "./auth/attempt.ts";
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
  const { info, ours, hint, proxied } = grant;
  const closing = new AbortController();
  const lookups = info !== undefined && !info.counted;
  const request = createRequester({ api, hint, lookups, closing: closing.signal });
  const lost = createLostLeases(api, closing.signal);
  const reader: Reader = { request, mounts: createMounts(request, hints), lost, namespace };

  /** What the vault says of the token after its renewal; a proxy renews its token by itself. */
  const renewed = async (context: Context): Promise<TokenInfo | undefined> => {
    if (proxied === true) return lookUp(api, hint, AbortSignal.any([context.signal, closing.signal]));
    const askedAt = Date.now();
    const answer = await request((vault, signal) => vault.renewSelf(signal), context, { at: "own-token" });
    const auth = objectMember(answer.body, "auth");
    if (auth === undefined) throw unexpectedResponse(answer);
    return tokenInfoOfAuth(auth, askedAt);
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
    changed = info !== undefined && after !== undefined && !sameIdentity(info, after);
    expectSame();
    return after?.expiresAt ?? Infinity;
  };

  return {
    ...definedMembers({ identity, roles: info?.policies, expiresAt: info?.expiresAt, renewAt: info?.renewAt }),
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
      yield* list(request, reader.mounts, query, context);
    },
    // A renewal would cost a use, too.
    ...(info?.renewable === true && !info.counted && { renew }),
    release: async (lease, context) => {
      await request((vault, signal) => vault.revokeLease(lease, signal), context);
    },
    ...(ours && {
      revoke: async (context: Context) => {
        try {
          await request((vault, signal) => vault.revokeSelf(signal), context, { at: "own-token" });
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
