import { findProxy, type ProviderEnv, trustedCertificates } from "@vaultlink/core/provider";

/** What `node:https` needs beside the address. */
export interface Network {
  /** PEM. */
  readonly ca?: readonly string[];
  readonly proxyEnv?: Readonly<Record<string, string>>;
}

/** The caller's way to a host. Throws `invalid_config` for certificates that are none, and where this Node knows no proxies. */
export async function findNetwork(env: ProviderEnv): Promise<Network> {
  const ca = await trustedCertificates(env, undefined);
  const proxyEnv = findProxy(env);
  return { ...(ca !== undefined && { ca }), ...(proxyEnv !== undefined && { proxyEnv }) };
}
