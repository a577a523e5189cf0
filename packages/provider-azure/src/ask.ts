import { type Context, SecretError } from "@vaultlink/core/provider";
import { refusal } from "./errors.ts";
import { type Exchange, within } from "./exchanges.ts";
import { raced } from "./raced.ts";
import type { During } from "./rows/row.ts";

/** Makes one call of the SDK and gives its result, or throws what its failure means. */
export type Ask = <T>(
  during: During,
  context: Pick<Context, "signal">,
  call: (signal: AbortSignal) => Promise<T>,
) => Promise<T>;

/** Makes the one way to the vaults of a session. After `unauthenticated` nothing more is sent. */
export function createAsk({ hint, closing }: { readonly hint: string; readonly closing: AbortSignal }): Ask {
  let lapsed: SecretError | undefined;
  return async (during, context, call) => {
    if (lapsed !== undefined) throw new SecretError(lapsed.code, lapsed.message, lapsed.details);
    const signal = AbortSignal.any([context.signal, closing]);
    const exchanges: Exchange[] = [];
    try {
      return await raced(
        within(exchanges, () => call(signal)),
        signal,
      );
    } catch (thrown) {
      const error = refusal(thrown, { during, exchanges, hint, signal });
      if (error.code === "unauthenticated") lapsed = error;
      throw error;
    }
  };
}
