import type { Context } from "@vaultlink/core";
import type { AuthOptions } from "../options.ts";
import type { VaultApi } from "../vault-api.ts";
import { logInWithAppRole } from "./approle.ts";
import type { Grant } from "./grant.ts";
import { useToken } from "./token.ts";

/** Signs in by the configured method. Throws `unauthenticated` where credentials are missing or refused. */
export function signIn(api: VaultApi, auth: AuthOptions, address: string, context: Context): Promise<Grant> {
  const method = auth.method ?? "token";
  switch (method) {
    case "approle":
      return logInWithAppRole(api, auth, address, context);
    case "token":
      return useToken(api, auth, address, context);
  }
}
