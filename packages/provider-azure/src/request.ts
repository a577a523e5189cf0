import { abortable, type Context, createCredentialLatch } from "@vaultlink/core/provider";
import type { During } from "./errors/error-rule.ts";
import { type Exchange, within } from "./exchanges.ts";
import { toSecretError } from "./errors.ts";

/** Makes one call of the SDK and gives its result, or throws what its failure means. */
export type Requester = <T>(
  during: During,
  context: Pick<Context, "signal">,
  call: (signal: AbortSignal) => Promise<T>,
) => Promise<T>;

/** Makes a session's one way to its vaults. After `unauthenticated` nothing more is sent. */
export function createRequester(about: { readonly hint: string; readonly closing: AbortSignal }): Requester {
  const { hint, closing } = about;
  const latch = createCredentialLatch();
  return (during, context, call) =>
    latch(async () => {
      const signal = AbortSignal.any([context.signal, closing]);
      const exchanges: Exchange[] = [];
      try {
        return await abortable(
          within(exchanges, () => call(signal)),
          signal,
        );
      } catch (thrown) {
        throw toSecretError(thrown, { during, exchanges, hint, signal });
      }
    });
}
