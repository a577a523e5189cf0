import { foundOrTyped, readCredentialFile, SecretError } from "@vaultlink/core/provider";
import { isForAnotherVault } from "../address.ts";
import { variable } from "../env.ts";
import type { Attempt, Grant } from "./attempt.ts";
import { foreignCredential } from "./foreign.ts";
import { askTokenHelper } from "./token-helper.ts";
import { lookUp } from "../token-info.ts";

/**
 * Takes a token that somebody else obtained, and has the vault say whose it is. That costs one of its uses, if those
 * are limited; without it nothing is known of the token: not its identity, nor when it lapses.
 */
export async function useToken(attempt: Attempt): Promise<Grant> {
  const { api, auth, context } = attempt;
  const { token, hint } = await findToken(attempt);
  api.useToken(checkToken(token, hint));
  const info = auth.lookup === false ? undefined : await lookUp(api, hint, context.signal);
  return { token, hint, ours: false, info };
}

async function findToken(attempt: Attempt): Promise<{ readonly token: string; readonly hint: string }> {
  const { address, auth, context } = attempt;
  const hint = "vault login";
  if (auth.token !== undefined) return { token: auth.token, hint };
  const held = variable(context.env, "TOKEN");
  const foreign = held !== undefined && isForAnotherVault(attempt, context.env);
  const exported = foreign ? undefined : held;
  const question = { label: `Token for ${address}`, secret: true };
  const token = await foundOrTyped(context, question, () => exported ?? findKept(attempt, hint));
  if (token !== undefined) return { token, hint: token === exported ? "export VAULT_TOKEN=…" : hint };
  throw foreign
    ? foreignCredential("TOKEN", attempt)
    : new SecretError("unauthenticated", "There is no vault token.", { hint: "export VAULT_TOKEN=…" });
}

/** The token that a helper or a file keeps: as with the vault's own client, a helper stands in for the usual file. */
async function findKept(attempt: Attempt, hint: string): Promise<string | undefined> {
  const { auth, context } = attempt;
  const required = auth.tokenFile !== undefined;
  const kept = required ? undefined : await askTokenHelper(attempt, hint);
  if (kept !== undefined) return kept;
  const path = auth.tokenFile ?? "~/.vault-token";
  return (await readCredentialFile({ path, required, hint }, context.env))?.trim() || undefined;
}

/** A header cannot carry more than these, and the error of `Headers` would quote the token. */
export function checkToken(token: string, hint: string): string {
  if (/^[\x21-\x7e]{1,16384}$/.test(token)) return token;
  throw new SecretError("unauthenticated", "The vault token holds characters that no token has.", { hint });
}
