import type { Context } from "../contract/provider.ts";
import { readPem, trustedCertificates } from "./certificates.ts";
import { findProxy } from "./proxy.ts";

/** How a host is reached. Plain data, so that it can go to another thread. */
export interface Network {
  /** PEM, as `trustedCertificates` gives it. */
  readonly ca?: readonly string[];
  /** As `findProxy` gives it. */
  readonly proxyEnv?: Readonly<Record<string, string>>;
}

/**
 * The caller's way to a host: whom to trust, and through which proxy. `ca`, PEM, or what is in `caFile`, is trusted instead
 * of the usual authorities. Throws as `readPem`, `trustedCertificates` and `findProxy` do.
 */
export async function findNetwork(
  env: Context["env"],
  own: { readonly ca?: string | undefined; readonly caFile?: string | undefined } = {},
): Promise<Network> {
  const trusted = own.ca ?? (await readPem(own.caFile, "file of trusted certificates"));
  const ca = await trustedCertificates(env, trusted);
  const proxyEnv = findProxy(env);
  return { ...(ca !== undefined && { ca }), ...(proxyEnv !== undefined && { proxyEnv }) };
}
