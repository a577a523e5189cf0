import { SecretError } from "@vaultlink/core/provider";
import type { Attempt } from "./attempt.ts";
import { findCredential } from "./credential.ts";
import type { Grant } from "./grant.ts";
import { logIn } from "./login.ts";

/** A method that takes a user name and a password. */
export interface PasswordMethod {
  readonly mount: string;
  /** Variables without `VAULT_`. */
  readonly usernames: readonly string[];
  readonly passwords: readonly string[];
}

/** Signs in with a user name, which is part of the path, and a password. */
export async function logInWithPassword(attempt: Attempt, method: PasswordMethod): Promise<Grant> {
  const { address, auth } = attempt;
  const hint = `export VAULT_${method.passwords[0]}=…`;
  const user = await findCredential(
    {
      given: auth.username,
      variables: method.usernames,
      label: `User name for ${address}`,
      secret: false,
      exact: true,
      missing: "There is no user name to sign in with.",
      hint: `export VAULT_${method.usernames[0]}=…`,
    },
    attempt,
  );
  // In a path these would lead elsewhere; no vault has such a user.
  if (/^\.{0,2}$|[/\p{C}]/u.test(user) || !user.isWellFormed()) {
    throw new SecretError("unauthenticated", "That cannot be the name of a user.", { hint });
  }
  const password = await findCredential(
    {
      given: auth.password,
      variables: method.passwords,
      file: auth.passwordFile,
      label: `Password for ${address}`,
      secret: true,
      exact: true,
      missing: "There is no password to sign in with.",
      hint,
    },
    attempt,
  );
  return logIn(attempt, { mount: method.mount, user, credentials: { password }, hint });
}
