import { type Context, SecretError, textMember } from "@vaultlink/core/provider";
import type { Requester } from "./request.ts";
import type { VaultApi, VaultResponse } from "./vault-api.ts";

/** How long a read that its caller gave up may go on to learn its lease, and how long ending one may take, in ms. */
const LINGER_MS = 5000;
/** How long `close` waits for both, in ms. */
const CLOSE_MS = 2000;

/** Ends leases that nobody will ever hold: those of answers that were cut, or came after their caller had gone. */
export interface LostLeases {
  /** Ends one, best effort. */
  end(lease: string): void;
  /** A signal for a read that creates a credential: it ends some time after `signal` does. */
  linger(signal: AbortSignal): AbortSignal;
  /** Lets a read go on that its caller gave up; `close` waits for it. */
  follow(reading: Promise<unknown>): void;
  /** Settles when all are ended, at latest after 2 s. Never rejects. */
  settled(): Promise<void>;
}

/** Makes the one keeper of a session. `closing` ends everything. */
export function createLostLeases(api: VaultApi, closing: AbortSignal): LostLeases {
  const pending = new Set<Promise<void>>();
  const follow = (work: Promise<unknown>): void => {
    const settled: Promise<void> = work.then(forget, forget);
    pending.add(settled);
    function forget(): void {
      pending.delete(settled);
    }
  };
  return {
    end: (lease) => follow(api.revokeLease(lease, AbortSignal.any([closing, AbortSignal.timeout(LINGER_MS)]))),
    linger: (signal) => {
      const controller = new AbortController();
      const goOn = (): void => {
        AbortSignal.timeout(LINGER_MS).addEventListener("abort", () => controller.abort(), { once: true });
      };
      if (signal.aborted) controller.abort();
      else signal.addEventListener("abort", goOn, { once: true });
      return AbortSignal.any([controller.signal, closing]);
    },
    follow,
    settled: async () => {
      if (pending.size === 0) return;
      const limit = AbortSignal.timeout(CLOSE_MS);
      // A read that has just ended may have left a lease to be ended.
      while (pending.size > 0 && !limit.aborted) await Promise.race([Promise.all(pending), ended(limit)]);
    },
  };
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

/**
 * Reads what the vault may make for this request. Whoever gives up is answered at once, but the request goes on a little:
 * the vault makes the credential anyway, and only its answer tells the lease that is then ended.
 */
export function readLeased(
  request: Requester,
  lost: LostLeases,
  url: string,
  context: Context,
): Promise<VaultResponse> {
  const { signal } = context;
  const { promise, resolve, reject } = Promise.withResolvers<VaultResponse>();
  const reading = request((api, lingering) => api.read(url, lingering, (lease) => lost.end(lease)), {
    ...context,
    signal: lost.linger(signal),
  });
  const giveUp = (): void => {
    lost.follow(
      reading.then((answer) => {
        const lease = textMember(answer.body, "lease_id");
        if (lease !== undefined) lost.end(lease);
      }),
    );
    reject(new SecretError("aborted", "The call was cancelled."));
  };
  signal.addEventListener("abort", giveUp, { once: true });
  if (signal.aborted) giveUp();
  reading.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  return promise;
}
