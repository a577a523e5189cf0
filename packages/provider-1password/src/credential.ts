import { type Context, isSecretError, SecretError } from "@vaultlink/core";
import { variable } from "./env.ts";
import { MEND } from "./token.ts";

/** The token: configured, of the environment, or typed. Throws `unauthenticated` if there is none, `aborted` if the person declines. */
export async function findToken(configured: string | undefined, { env, interact }: Context): Promise<string> {
  const held = configured ?? variable(env, "OP_SERVICE_ACCOUNT_TOKEN");
  if (held !== undefined) return held.trim();
  let typed: string | undefined;
  try {
    typed = await interact?.ask({ label: "Token of a 1Password service account", secret: true });
  } catch (thrown) {
    if (isSecretError(thrown)) throw thrown;
    throw new SecretError("aborted", "Signing in was cancelled.");
  }
  if (typed?.trim()) return typed.trim();
  throw new SecretError("unauthenticated", "There is no token of a 1Password service account.", { mend: MEND });
}
