import { type Context, encodePath, SecretError } from "@vaultlink/core";
import { variable } from "../env.ts";
import type { AuthOptions } from "../options.ts";
import type { VaultApi } from "../vault-api.ts";
import type { Grant } from "./grant.ts";
import { logIn } from "./login.ts";
import { prompt } from "./prompt.ts";
import { readCredentialFile } from "./token-file.ts";

const MEND = "export VAULT_SECRET_ID=…";

/** Signs in as an AppRole. https://developer.hashicorp.com/vault/api-docs/auth/approle#login-with-approle */
export async function logInWithAppRole(
  api: VaultApi,
  auth: AuthOptions,
  address: string,
  context: Context,
): Promise<Grant> {
  const { env, interact } = context;
  const roleId =
    auth.roleId ??
    variable(env, "ROLE_ID") ??
    (await prompt(interact, { label: `Role id for ${address}`, secret: false }));
  if (roleId === undefined) {
    throw new SecretError("unauthenticated", "There is no role id for the AppRole.", {
      mend: "export VAULT_ROLE_ID=…",
    });
  }
  const secretId =
    auth.secretId ??
    variable(env, "SECRET_ID") ??
    (auth.secretIdFile !== undefined
      ? await readCredentialFile({ path: auth.secretIdFile, required: true, mend: MEND }, env)
      : await prompt(interact, { label: `Secret id for ${address}`, secret: true }));
  if (secretId === undefined) {
    throw new SecretError("unauthenticated", "There is no secret id for the AppRole.", { mend: MEND });
  }
  const path = `auth/${encodePath(auth.mount ?? "approle")}/login`;
  return logIn(api, { path, credentials: { role_id: roleId, secret_id: secretId }, mend: MEND }, context.signal);
}
