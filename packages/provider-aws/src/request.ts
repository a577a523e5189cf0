import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type Context, createCredentialLatch, SecretError } from "@vaultlink/core/provider";
import type { Clients } from "./clients.ts";
import type { Obtained } from "./credentials/credentials.ts";
import type { During } from "./errors/error-rule.ts";
import { toSecretError } from "./errors.ts";

/** Makes one call and gives its answer, or throws what its refusal means. */
export type Requester = <Answer>(
  about: { readonly during: During; readonly role?: string | undefined },
  context: Context,
  call: (client: SecretsManagerClient, options: { abortSignal: AbortSignal }) => Promise<Answer>,
) => Promise<Answer>;

/** Makes a session's one way to AWS. After `unauthenticated` nothing more is sent. */
export function createRequester(clients: Clients, closing: AbortSignal): Requester {
  const latch = createCredentialLatch();
  return ({ during, role }, context, call) =>
    latch(async () => {
      const signal = AbortSignal.any([context.signal, closing]);
      const { own } = clients;
      const client = role === undefined ? own : clients.as(role);
      let used: Obtained | undefined;
      try {
        // Before the call, since the SDK would not cancel it.
        used = await client.cache.current(signal);
        return await call(client.sdk, { abortSignal: signal });
      } catch (thrown) {
        const error = toSecretError(thrown, { during, hint: own.cache.held?.hint, signal });
        if (error.code !== "unauthenticated" || role === undefined || used === undefined) throw error;
        // A role's credentials lapse by themselves: the next attempt assumes it anew, and the session goes on.
        client.cache.drop(used);
        throw new SecretError(
          "unavailable",
          "The role's credentials have lapsed and are obtained anew.",
          error.details,
        );
      }
    });
}
