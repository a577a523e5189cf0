import { SecretError } from "@vaultlink/core/provider";
import type { Attempt, Grant } from "./attempt.ts";
import { findCredential } from "./credential.ts";
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

/** Signs in as a user the vault itself knows. https://developer.hashicorp.com/vault/api-docs/auth/userpass#login */
export function logInWithUserpass(attempt: Attempt): Promise<Grant> {
  return logInWithPassword(attempt, { mount: "userpass", usernames: ["USERNAME"], passwords: ["PASSWORD"] });
}

/**
 * Signs in as a user of a directory. https://developer.hashicorp.com/vault/api-docs/auth/ldap#login-with-ldap-user
 * The variables with `LDAP_` are those of the vault's own client.
 */
export function logInWithLdap(attempt: Attempt): Promise<Grant> {
  return logInWithPassword(attempt, {
    mount: "ldap",
    usernames: ["LDAP_USERNAME", "USERNAME"],
    passwords: ["LDAP_PASSWORD", "PASSWORD"],
  });
}
