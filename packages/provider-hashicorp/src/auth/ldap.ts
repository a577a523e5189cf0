import type { Attempt } from "./attempt.ts";
import type { Grant } from "./grant.ts";
import { logInWithPassword } from "./password.ts";

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
