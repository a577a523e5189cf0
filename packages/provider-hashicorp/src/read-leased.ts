import { type Context, SecretError } from "@vaultlink/core/provider";
import type { Requester } from "./request.ts";
import { text } from "./body.ts";
import type { LostLeases } from "./leases.ts";
import type { VaultResponse } from "./vault-api.ts";

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
        const lease = text(answer.body, "lease_id");
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
