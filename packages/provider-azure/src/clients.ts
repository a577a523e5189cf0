import { SecretClient } from "@azure/keyvault-secrets";
import type { TokenCredential } from "@azure/identity";
import { definedMembers } from "@vaultlink/core/provider";
import type { Tokens } from "./credentials/tokens.ts";
import type { HttpClient } from "@azure/core-rest-pipeline";
import { pipelineOptions } from "./transport.ts";
import type { VaultAddress } from "./vault-address.ts";

/** One client for each key vault, made when it is first asked; all with the same tokens. */
export type Clients = (vault: VaultAddress) => SecretClient;

/**
 * What the SDK is told of every token's end, in ms since the epoch: it asks anew for each request, and ours are at hand.
 * It would otherwise go on with what it has while it renews in the background, and swallow what comes of that.
 */
const NOT_TO_BE_KEPT = 0;

export function createClients(client: HttpClient, tokens: Tokens, closing: AbortSignal): Clients {
  const made = new Map<string, SecretClient>();
  const credential: TokenCredential = {
    getToken: async (scopes, { tenantId, claims, abortSignal } = {}) => {
      const [scope = ""] = typeof scopes === "string" ? [scopes] : scopes;
      const wanted = { scope, ...definedMembers({ tenantId: tenantId?.toLowerCase(), claims }) };
      const { token } = await tokens.get(wanted, abortSignal instanceof AbortSignal ? abortSignal : closing);
      return { token, expiresOnTimestamp: NOT_TO_BE_KEPT };
    },
  };
  return ({ url, loopback }) => {
    const found =
      made.get(url) ??
      new SecretClient(url, credential, {
        ...pipelineOptions({ client }),
        // An emulator's address is never below the domain that its tokens are for.
        disableChallengeResourceVerification: loopback,
      });
    made.set(url, found);
    return found;
  };
}
