import { SecretError } from "@vaultlink/core/provider";
import { variable } from "../env.ts";
import type { Attempt, Grant } from "./attempt.ts";
import { logIn } from "./login.ts";

const HINT = "export VAULT_CLIENT_CERT=… VAULT_CLIENT_KEY=…";

/**
 * Signs in with the certificate of the TLS connection. https://developer.hashicorp.com/vault/api-docs/auth/cert
 * The role is the name the vault knows the certificate by; without one any that fits is taken.
 */
export async function logInWithCertificate(attempt: Attempt): Promise<Grant> {
  const { address, auth, context, options } = attempt;
  if (!address.startsWith("https:")) {
    throw new SecretError("invalid_config", "A certificate signs in over https only.");
  }
  const shown = options.clientCertFile ?? variable(context.env, "CLIENT_CERT");
  // Who brings a `fetch` brings its certificate too.
  if (shown === undefined && options.fetch === undefined) {
    throw new SecretError("unauthenticated", "There is no client certificate to sign in with.", { hint: HINT });
  }
  const name = auth.role ?? variable(context.env, "AUTH_ROLE");
  return logIn(attempt, { mount: "cert", credentials: name === undefined ? {} : { name }, hint: HINT });
}
