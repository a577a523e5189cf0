import { type ProviderEnv, type VaultLocation, whereFacts } from "@vaultlink/core/provider";
import { authIn, type CheckedOptions } from "./check-options.ts";

/** Which Connect server or account this is; of a service account only its token tells. */
export function where({ auth: configured }: Pick<CheckedOptions, "auth">, env: ProviderEnv): VaultLocation {
  const auth = authIn(configured, env);
  const isConnect = auth.method === "connect";
  const facts = whereFacts(env, [
    { what: "host", option: isConnect ? auth.host : undefined, variables: isConnect ? ["OP_CONNECT_HOST"] : [] },
    { what: "account", option: auth.method === "desktop" ? auth.account : undefined },
  ]);
  return { facts, address: facts.find(({ what }) => what === "host")?.value };
}
