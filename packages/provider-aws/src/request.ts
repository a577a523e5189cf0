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

/** What the SDK gives beside every answer. */
export interface Answered {
  readonly $metadata?: { readonly httpStatusCode?: number | undefined } | undefined;
}

/** What to throw for a success that is no answer of AWS's, e.g. a page with status 200. */
export function unexpectedResponse(
  answer: Answered,
  message = "The answer did not come from AWS, but from something in between.",
): SecretError {
  const status = answer.$metadata?.httpStatusCode;
  return new SecretError("unavailable", message, status === undefined ? {} : { native: { status } });
}

/** Asks page by page, until one names no next. Throws `unavailable` when the pages go round in circles. */
export async function* pages<Page extends Answered & { readonly NextToken?: string | undefined }>(
  request: (more: { NextToken?: string }) => Promise<Page>,
): AsyncGenerator<Page, void, undefined> {
  // An empty token names no page: AWS leaves it out where there is none.
  const asked = new Set<string>([""]);
  let page = await request({});
  yield page;
  while (page.NextToken !== undefined) {
    if (asked.has(page.NextToken)) {
      throw unexpectedResponse(page, "The pages of the answer go round in circles: AWS does not answer so.");
    }
    asked.add(page.NextToken);
    page = await request({ NextToken: page.NextToken });
    yield page;
  }
}
