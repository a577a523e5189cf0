import type { Attempt } from "./attempt.ts";
import type { Grant } from "./grant.ts";
import { logInWithPassword } from "./password.ts";

/** Signs in as a user the vault itself knows. https://developer.hashicorp.com/vault/api-docs/auth/userpass#login */
export function logInWithUserpass(attempt: Attempt): Promise<Grant> {
  return logInWithPassword(attempt, { mount: "userpass", usernames: ["USERNAME"], passwords: ["PASSWORD"] });
}
