import { prompt, SecretError } from "@vaultlink/core";
import { isForAnotherVault } from "../address.ts";
import { variable } from "../env.ts";
import { lookUp } from "../look-up.ts";
import type { Attempt } from "./attempt.ts";
import type { Grant } from "./grant.ts";
import { readCredentialFile } from "./token-file.ts";
import { askTokenHelper } from "./token-helper.ts";

/**
 * Takes a token that somebody else obtained, and has the vault say whose it is. That costs one of its uses, if those
 * are limited; without it nothing is known of the token: not its identity, nor when it lapses.
 */
export async function useToken(attempt: Attempt): Promise<Grant> {
  const { api, auth, context } = attempt;
  const { token, mend } = await findToken(attempt);
  api.useToken(checkToken(token, mend));
  const facts = auth.lookup === false ? undefined : await lookUp(api, mend, context.signal);
  return { token, mend, ours: false, facts };
}

async function findToken(attempt: Attempt): Promise<{ readonly token: string; readonly mend: string }> {
  const { address, auth, context } = attempt;
  const { env, interact } = context;
  if (auth.token !== undefined) return { token: auth.token, mend: "vault login" };
  const ambient = variable(env, "TOKEN");
  const foreign = ambient !== undefined && isForAnotherVault(attempt, env);
  if (ambient !== undefined && !foreign) return { token: ambient, mend: "export VAULT_TOKEN=…" };
  const mend = "vault login";
  const required = auth.tokenFile !== undefined;
  // As with the vault's own client, a helper stands in for the usual file.
  const kept = required ? undefined : await askTokenHelper(attempt, mend);
  if (kept !== undefined) return { token: kept, mend };
  const filed = await readCredentialFile({ path: auth.tokenFile ?? "~/.vault-token", required, mend }, env);
  if (filed !== undefined) return { token: filed, mend };
  const asked = await prompt(interact, { label: `Token for ${address}`, secret: true });
  if (asked !== undefined) return { token: asked, mend };
  throw foreign
    ? new SecretError("unauthenticated", "VAULT_TOKEN belongs to VAULT_ADDR, which is another vault.", { mend })
    : new SecretError("unauthenticated", "There is no vault token.", { mend: "export VAULT_TOKEN=…" });
}

/** A header cannot carry more than these, and the error of `Headers` would quote the token. */
export function checkToken(token: string, mend: string): string {
  if (/^[\x21-\x7e]{1,16384}$/.test(token)) return token;
  throw new SecretError("unauthenticated", "The vault token holds characters that no token has.", { mend });
}
