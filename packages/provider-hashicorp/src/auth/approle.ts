import type { Attempt } from "./attempt.ts";
import { findCredential } from "./credential.ts";
import type { Grant } from "./grant.ts";
import { logIn } from "./login.ts";
import { unwrapSecretId } from "./wrapped.ts";

const MEND = "export VAULT_SECRET_ID=…";

/** Signs in as an AppRole. https://developer.hashicorp.com/vault/api-docs/auth/approle#login-with-approle */
export async function logInWithAppRole(attempt: Attempt): Promise<Grant> {
  const { address, auth, context } = attempt;
  const roleId = await findCredential(
    {
      given: auth.roleId,
      variables: ["ROLE_ID"],
      label: `Role id for ${address}`,
      secret: false,
      missing: "There is no role id for the AppRole.",
      mend: "export VAULT_ROLE_ID=…",
    },
    context,
  );
  const secretId = await findCredential(
    {
      given: auth.secretId,
      variables: ["SECRET_ID"],
      file: auth.secretIdFile,
      label: `Secret id for ${address}`,
      secret: true,
      missing: "There is no secret id for the AppRole.",
      mend: MEND,
    },
    context,
  );
  const opened = auth.secretIdWrapped === true ? await unwrapSecretId(attempt, secretId, MEND) : secretId;
  return logIn(attempt, { mount: "approle", credentials: { role_id: roleId, secret_id: opened }, mend: MEND });
}
