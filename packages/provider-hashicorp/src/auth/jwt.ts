import { variable } from "../env.ts";
import type { Attempt, Grant } from "./attempt.ts";
import { findCredential } from "./credential.ts";
import { logIn } from "./login.ts";

const HINT = "export VAULT_ID_TOKEN=…";

/**
 * Signs in with a token of the platform we run on. https://developer.hashicorp.com/vault/api-docs/auth/jwt#jwt-login
 * The variables are those of GitLab's jobs. Without a role the mount's own default is meant.
 */
export async function logInWithJwt(attempt: Attempt): Promise<Grant> {
  const { auth, context } = attempt;
  const jwt = await findCredential(
    {
      given: auth.jwt,
      variables: ["ID_TOKEN"],
      file: auth.jwtFile,
      secret: true,
      missing: "There is no JSON Web Token to sign in with.",
      hint: HINT,
    },
    attempt,
  );
  const role = auth.role ?? variable(context.env, "AUTH_ROLE");
  return logIn(attempt, { mount: "jwt", credentials: { jwt, ...(role !== undefined && { role }) }, hint: HINT });
}
