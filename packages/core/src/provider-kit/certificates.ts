import { SecretError } from "../errors/secret-error.ts";
import type { Context } from "../contract/provider.ts";

/** What Node's https agents take: certificates are checked whatever `NODE_TLS_REJECT_UNAUTHORIZED` says. */
export interface SecureAgentOptions {
  readonly rejectUnauthorized: true;
  ca?: string[];
  readonly allowPartialTrustChain?: true;
  proxyEnv?: Record<string, string>;
}

/**
 * How every https agent that carries a credential is made: it checks certificates, trusts `ca` as `trustedCertificates`
 * gave it, and goes through the proxy that `findProxy` gave. Whoever is in `ca` is trusted as it stands, also an
 * intermediate authority or a server's own certificate that another has signed.
 */
export function secureAgentOptions({
  ca,
  proxyEnv,
}: {
  readonly ca?: readonly string[] | undefined;
  readonly proxyEnv?: Readonly<Record<string, string>> | undefined;
} = {}): SecureAgentOptions {
  return {
    rejectUnauthorized: true,
    ...(ca !== undefined && { ca: [...ca], allowPartialTrustChain: true }),
    ...(proxyEnv !== undefined && { proxyEnv: { ...proxyEnv } }),
  };
}

/**
 * Whom to trust, as PEM for `secureAgentOptions`: `own` instead of the usual authorities, else those of the caller's
 * `NODE_EXTRA_CA_CERTS` and, with `NODE_USE_SYSTEM_CA=1`, the system's beside those that Node trusts here; else
 * `undefined`. Node itself reads these variables once, at its start, and maybe from another environment than the caller's.
 * Throws `invalid_config` for a file that cannot be read, and for what is no certificate.
 */
export async function trustedCertificates(
  env: Context["env"],
  own: string | undefined,
): Promise<readonly string[] | undefined> {
  if (own !== undefined) return valid([own], "trusted");
  const extra = await readPem(env["NODE_EXTRA_CA_CERTS"]?.trim() || undefined, "file of extra certificates");
  const system = env["NODE_USE_SYSTEM_CA"] === "1" && process.env["NODE_USE_SYSTEM_CA"] !== "1";
  if (extra === undefined) return system ? usualAuthorities(system) : undefined;
  return valid([...usualAuthorities(system), extra], "extra");
}

/** Whom this Node trusts by default: its own list, the system's or OpenSSL's, as it was started. */
function usualAuthorities(system: boolean): readonly string[] {
  const tls = process.getBuiltinModule("node:tls");
  // Since Node 22.15; before, only its own list could be had.
  if (typeof tls.getCACertificates !== "function") return tls.rootCertificates;
  const usual = tls.getCACertificates("default");
  return system ? [...new Set([...usual, ...tls.getCACertificates("system")])] : usual;
}

/** A text file, if there is a path. Throws `invalid_config` with what it should have been, and never the path. */
export async function readPem(path: string | undefined, what: string): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const { readFile } = process.getBuiltinModule("node:fs/promises");
  return readFile(path, "utf8").catch(() => {
    throw new SecretError("invalid_config", `The ${what} cannot be read.`);
  });
}

function valid(ca: readonly string[], which: "trusted" | "extra"): readonly string[] {
  // Loaded here: whoever has no certificates of their own shall not wait for it.
  const { X509Certificate } = process.getBuiltinModule("node:crypto");
  const { createSecureContext } = process.getBuiltinModule("node:tls");
  try {
    // The other one takes text without any certificate, and then trusts nobody.
    for (const pem of ca.slice(-1)) void new X509Certificate(pem);
    createSecureContext({ ca: [...ca] });
  } catch {
    // OpenSSL's message may quote a piece of the file.
    throw new SecretError("invalid_config", `The ${which} certificates are not valid PEM.`);
  }
  return ca;
}
