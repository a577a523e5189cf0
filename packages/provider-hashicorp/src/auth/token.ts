import { personToAskFirst, prompt, readCredentialFile, SecretError } from "@vaultlink/core/provider";
import { isForAnotherVault } from "../address.ts";
import { variable } from "../env.ts";
import { lookUp } from "../look-up.ts";
import type { Attempt } from "./attempt.ts";
import { foreignCredential } from "./foreign.ts";
import type { Grant } from "./grant.ts";
import { askTokenHelper } from "./token-helper.ts";

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
  const { env, prompter } = context;
  const hint = "vault login";
  if (auth.token !== undefined) return { token: auth.token, hint };
  const question = { label: `Token for ${address}`, secret: true };
  // A new sign-in was asked for: what is found below may be what was refused.
  const askFirst = personToAskFirst(context);
  const typed = await prompt(askFirst, question);
  if (typed !== undefined) return { token: typed, hint };
  const held = variable(env, "TOKEN");
  const foreign = held !== undefined && isForAnotherVault(attempt, env);
  if (held !== undefined && !foreign) return { token: held, hint: "export VAULT_TOKEN=…" };
  const required = auth.tokenFile !== undefined;
  // As with the vault's own client, a helper stands in for the usual file.
  const kept = required ? undefined : await askTokenHelper(attempt, hint);
  if (kept !== undefined) return { token: kept, hint };
  const path = auth.tokenFile ?? "~/.vault-token";
  const filed = (await readCredentialFile({ path, required, hint }, env))?.trim();
  if (filed) return { token: filed, hint };
  const asked = askFirst === undefined ? await prompt(prompter, question) : undefined;
  if (asked !== undefined) return { token: asked, hint };
  throw foreign
    ? foreignCredential("TOKEN", attempt)
    : new SecretError("unauthenticated", "There is no vault token.", { hint: "export VAULT_TOKEN=…" });
}

/** A header cannot carry more than these, and the error of `Headers` would quote the token. */
export function checkToken(token: string, hint: string): string {
  if (/^[\x21-\x7e]{1,16384}$/.test(token)) return token;
  throw new SecretError("unauthenticated", "The vault token holds characters that no token has.", { hint });
}
