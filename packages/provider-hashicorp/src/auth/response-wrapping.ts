import { objectMember, SecretError, textMember } from "@vaultlink/core/provider";
import { refusal } from "../errors.ts";
import type { VaultResponse } from "../vault-api.ts";
import type { Attempt, Grant } from "./attempt.ts";
import { findCredential } from "./credential.ts";
import { takeGrant } from "./login.ts";
import { checkToken } from "./token.ts";

const HINT = "export VAULT_WRAPPED_TOKEN=…";

/**
 * Opens a wrapping that hides a token. https://developer.hashicorp.com/vault/docs/concepts/response-wrapping
 * It opens once, so nobody else holds the token: it is ours to revoke, and no second login can bring it again.
 */
export async function unwrapToken(attempt: Attempt): Promise<Grant> {
  const { address, auth } = attempt;
  const wrapping = await findCredential(
    {
      given: auth.wrappedToken,
      variables: ["WRAPPED_TOKEN"],
      file: auth.wrappedTokenFile,
      label: `Wrapping token for ${address}`,
      secret: true,
      missing: "There is no wrapping token.",
      hint: HINT,
    },
    attempt,
  );
  const askedAt = Date.now();
  const answer = await unwrap(attempt, wrapping, HINT);
  if (objectMember(answer.body, "auth") === undefined)
    throw unfit("The wrapping hides something else than a token.", HINT);
  return takeGrant(attempt, answer, askedAt, HINT);
}

/** Opens a wrapping that hides a secret id. */
export async function unwrapSecretId(attempt: Attempt, wrapping: string, hint: string): Promise<string> {
  const answer = await unwrap(attempt, wrapping, hint);
  attempt.api.useToken("");
  const secretId = textMember(objectMember(answer.body, "data"), "secret_id");
  if (secretId === undefined) throw unfit("The wrapping hides something else than a secret id.", hint);
  return secretId;
}

async function unwrap({ api, context }: Attempt, wrapping: string, hint: string): Promise<VaultResponse> {
  api.useToken(checkToken(wrapping, hint));
  const answer = await api.unwrap(context.signal);
  if (answer.status !== 200) throw refusal(answer, { at: "unwrap", hint });
  return answer;
}

const unfit = (message: string, hint: string): SecretError => new SecretError("unauthenticated", message, { hint });
