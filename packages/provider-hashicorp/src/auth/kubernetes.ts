import { SecretError } from "@vaultlink/core/provider";
import { variable } from "../env.ts";
import type { Attempt, Grant } from "./attempt.ts";
import { findCredential } from "./credential.ts";
import { logIn } from "./login.ts";

const SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/token";
const HINT = "kubectl create token <service account>";

/**
 * Signs in as the pod's service account. https://developer.hashicorp.com/vault/api-docs/auth/kubernetes#login
 * The token is read anew each time: the cluster replaces it.
 */
export async function logInWithKubernetes(attempt: Attempt): Promise<Grant> {
  const { auth, context } = attempt;
  const role = auth.role ?? variable(context.env, "AUTH_ROLE");
  if (role === undefined) {
    throw new SecretError("invalid_config", 'Signing in from Kubernetes takes a role: option "auth.role".', {
      hint: "export VAULT_AUTH_ROLE=…",
    });
  }
  const jwt = await findCredential(
    {
      given: undefined,
      file: auth.jwtFile ?? SERVICE_ACCOUNT,
      secret: true,
      missing: "There is no service account token.",
      hint: HINT,
    },
    attempt,
  );
  return logIn(attempt, { mount: "kubernetes", credentials: { role, jwt }, hint: HINT });
}
