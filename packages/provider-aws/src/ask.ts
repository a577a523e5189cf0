import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type Context, SecretError } from "@vaultlink/core/provider";
import type { Clients } from "./clients.ts";
import type { Obtained } from "./credentials/credentials.ts";
import { refusal } from "./errors.ts";
import type { During } from "./rows/row.ts";

/** Makes one call and gives its answer, or throws what its refusal means. */
export type Ask = <Answer>(
  about: { readonly during: During; readonly role?: string | undefined },
  context: Context,
  call: (client: SecretsManagerClient, options: { abortSignal: AbortSignal }) => Promise<Answer>,
) => Promise<Answer>;

/** The one way to AWS of a session. After `unauthenticated` nothing more is sent. */
export function createAsk(clients: Clients, closing: AbortSignal): Ask {
  let lapsed: SecretError | undefined;
  return async ({ during, role }, context, call) => {
    if (lapsed !== undefined) throw new SecretError(lapsed.code, lapsed.message, lapsed.details);
    const signal = AbortSignal.any([context.signal, closing]);
    const { own } = clients;
    const client = role === undefined ? own : clients.as(role);
    let used: Obtained | undefined;
    try {
      // Before the call, since the SDK would not cancel it.
      used = await client.keychain.current(signal);
      return await call(client.sdk, { abortSignal: signal });
    } catch (thrown) {
      const error = refusal(thrown, { during, hint: own.keychain.held?.hint, signal });
      if (error.code !== "unauthenticated") throw error;
      if (role !== undefined && used !== undefined) {
        // A role's credentials lapse by themselves: the next attempt assumes it anew, and the session goes on.
        client.keychain.drop(used);
        throw new SecretError(
          "unavailable",
          "The role's credentials have lapsed and are obtained anew.",
          error.details,
        );
      }
      lapsed = error;
      throw error;
    }
  };
}
