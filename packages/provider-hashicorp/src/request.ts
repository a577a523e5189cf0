import { type Context, createCredentialLatch, SecretError } from "@vaultlink/core/provider";
import { refusal, responseText } from "./errors.ts";
import type { VaultResponse, VaultApi } from "./vault-api.ts";

/** Sends one request and gives its answer, or throws what its refusal means. */
export type Requester = (
  send: (api: VaultApi, signal: AbortSignal) => Promise<VaultResponse>,
  context: Context,
  about?: {
    /** Lets others than successes pass. */
    readonly accept?: (answer: VaultResponse) => boolean;
    readonly at?: "own-token";
  },
) => Promise<VaultResponse>;

export interface RequesterOptions {
  readonly api: VaultApi;
  /** The command that gives new credentials. */
  readonly hint: string;
  /** Whether a lookup would cost one of the token's uses, or is refused anyway. */
  readonly lookups: boolean;
  /** Ends every request that is under way. */
  readonly closing: AbortSignal;
}

/** Makes the one way to the vault of a session. After `unauthenticated` nothing more is sent. */
export function createRequester({ api, hint, lookups, closing }: RequesterOptions): Requester {
  const latch = createCredentialLatch();
  return (send, context, { accept, at } = {}) =>
    latch(async () => {
      const signal = AbortSignal.any([context.signal, closing]);
      const answer = await send(api, signal);
      if (answer.status === 200 || answer.status === 204 || accept?.(answer) === true) return answer;
      const found = refusal(answer, { hint, ...(at !== undefined && { at }) });
      throw found.code === "denied" ? await explain(found, answer, signal) : found;
    });

  /** A plain 403 is said both to a dead token and to a missing policy: one lookup tells. */
  async function explain(denied: SecretError, said: VaultResponse, signal: AbortSignal): Promise<SecretError> {
    const dead = (): SecretError =>
      new SecretError("unauthenticated", "The vault token is wrong, expired or revoked.", {
        ...denied.details,
        hint,
      });
    if (!lookups) return isPolicy(said) ? denied : dead();
    const lookup = await api.lookUpSelf(signal);
    if (lookup.status === 200) return denied;
    if (lookup.status === 403 || lookup.status === 400) return isPolicy(lookup) ? denied : dead();
    return refusal(lookup, { hint });
  }
}

/**
 * Whether a 403 comes from the policy check: that one counts its errors, the check of the token says the bare words.
 * Measured with OpenBao 2.7.1.
 */
export function isPolicy(answer: VaultResponse): boolean {
  const said = responseText(answer);
  return said.includes("error occurred") && !said.includes("invalid token") && !said.includes("bad token");
}
