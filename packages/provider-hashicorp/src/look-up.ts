import { SecretError } from "@vaultlink/core/provider";
import { isPolicy } from "./request.ts";
import { group } from "./body.ts";
import { refusal, unexpectedResponse } from "./errors.ts";
import { tokenInfoOfLookup, type TokenInfo } from "./token-info.ts";
import type { VaultApi } from "./vault-api.ts";

/** What the vault tells about the current token. Throws `unauthenticated` if it is refused; `undefined` if it may not look itself up. */
export async function lookUp(api: VaultApi, hint: string, signal: AbortSignal): Promise<TokenInfo | undefined> {
  const askedAt = Date.now();
  const answer = await api.lookUpSelf(signal);
  if (answer.status === 200) {
    const data = group(answer.body, "data");
    if (data === undefined) throw unexpectedResponse(answer);
    return tokenInfoOfLookup(data, askedAt);
  }
  if (answer.status === 403 && isPolicy(answer)) return undefined;
  const error = refusal(answer, { at: "lookup", hint });
  if (error.code !== "denied") throw error;
  throw new SecretError("unauthenticated", "The vault token is wrong, expired or revoked.", { ...error.details, hint });
}
