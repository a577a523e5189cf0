import { type ProviderEnv, variable } from "@vaultlink/core/provider";
import type { Auth } from "./check-options.ts";

/**
 * Who signs in, in this environment: where no method is configured, a Connect server if its variables are there and no
 * service account's.
 */
export function authIn(auth: Auth, env: ProviderEnv): Auth {
  if (auth.method !== "service-account" || auth.isConfigured || auth.token !== undefined) return auth;
  const held = (name: string): boolean => variable(env, name) !== undefined;
  const isConnect = held("OP_CONNECT_HOST") && held("OP_CONNECT_TOKEN") && !held("OP_SERVICE_ACCOUNT_TOKEN");
  return isConnect ? { method: "connect", token: undefined, host: undefined } : auth;
}
