import type { JsonObject } from "@vaultlink/core/provider";
import { responseText } from "../errors.ts";
import type { Attempt, Grant } from "./attempt.ts";
import { askForCredential, findCredential, lookForCredential, missingCredential, type Wanted } from "./credential.ts";
import { logIn, type Login } from "./login.ts";
import { unwrapSecretId } from "./response-wrapping.ts";

const HINT = "export VAULT_SECRET_ID=…";

/**
 * Signs in as an AppRole. https://developer.hashicorp.com/vault/api-docs/auth/approle#login-with-approle
 * Whether a role has secret ids is its owner's choice (`bind_secret_id`): without one at hand the vault is asked first,
 * then the person.
 */
export async function logInWithAppRole(attempt: Attempt): Promise<Grant> {
  const { address, auth } = attempt;
  const roleId = await findCredential(
    {
      given: auth.roleId,
      variables: ["ROLE_ID"],
      label: `Role id for ${address}`,
      secret: false,
      exact: true,
      missing: "There is no role id for the AppRole.",
      hint: "export VAULT_ROLE_ID=…",
    },
    attempt,
  );
  const secretId: Wanted = {
    given: auth.secretId,
    variables: ["SECRET_ID"],
    file: auth.secretIdFile,
    label: `Secret id for ${address}`,
    secret: true,
    // A wrapping token is none that a person chose.
    exact: auth.secretIdWrapped !== true,
    missing: "There is no secret id for the AppRole.",
    hint: HINT,
  };
  const withRole = (more: JsonObject): Login => ({
    mount: "approle",
    credentials: { role_id: roleId, ...more },
    hint: HINT,
  });
  let found = await lookForCredential(secretId, attempt);
  if (found === undefined && auth.secretIdWrapped !== true) {
    const granted = await logIn(attempt, withRole({}), (answer) => responseText(answer).includes("missing secret_id"));
    if (granted !== undefined) return granted;
  }
  found ??= await askForCredential(secretId, attempt);
  if (found === undefined) throw missingCredential(secretId, attempt);
  const opened = auth.secretIdWrapped === true ? await unwrapSecretId(attempt, found, HINT) : found;
  return logIn(attempt, withRole({ secret_id: opened }));
}
