import { ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { type Context, isSecretError } from "@vaultlink/core/provider";
import type { Requester } from "./request.ts";

/** What says nothing of whether somebody is there, and may be used. */
const NO_ANSWER: ReadonlySet<string> = new Set(["aborted", "timeout", "unauthenticated", "unavailable"]);

/**
 * Asks Secrets Manager for a first name, for a session about which STS did not answer: else one would open although nothing
 * answers anywhere. A refusal is an answer, so no permission to list is needed. Throws `unavailable` or `timeout`
 * where there is none, and `unauthenticated` where the credentials are refused.
 */
export async function expectAnswer(request: Requester, context: Context): Promise<void> {
  try {
    const command = new ListSecretsCommand({ MaxResults: 1 });
    await request({ during: "list" }, context, (client, options) => client.send(command, options));
  } catch (thrown) {
    if (isSecretError(thrown) && !NO_ANSWER.has(thrown.code)) return;
    throw thrown;
  }
}
