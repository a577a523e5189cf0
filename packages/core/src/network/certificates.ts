import { SecretError } from "../errors/secret-error.ts";
import type { Context } from "../provider.ts";

/**
 * Whom to trust, as PEM for Node's TLS: `own` instead of the usual authorities, else those of the caller's
 * `NODE_EXTRA_CA_CERTS` beside them, else `undefined`. Node itself reads that variable once, at its start, and maybe from
 * another environment than the caller's.
 * Throws `invalid_config` for a file that cannot be read, and for what is no certificate.
 */
export async function trustedCertificates(
  env: Context["env"],
  own: string | undefined,
): Promise<readonly string[] | undefined> {
  if (own !== undefined) return valid([own], "trusted");
  const extra = await readPem(env["NODE_EXTRA_CA_CERTS"]?.trim() || undefined, "file of extra certificates");
  if (extra === undefined) return undefined;
  const { rootCertificates } = process.getBuiltinModule("node:tls");
  return valid([...rootCertificates, extra], "extra");
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
