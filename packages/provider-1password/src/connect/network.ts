import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createSecureContext, rootCertificates } from "node:tls";
import { SecretError } from "@vaultlink/core";
import { type Env, variable } from "../env.ts";

/** What `node:https` needs beside the address. */
export interface Network {
  /** PEM. */
  readonly ca?: readonly string[];
  readonly proxyEnv?: Readonly<Record<string, string>>;
}

/** The caller's way to a host. Throws `invalid_config` for certificates that are none, and where this Node knows no proxies. */
export async function findNetwork(env: Env): Promise<Network> {
  const path = variable(env, "NODE_EXTRA_CA_CERTS");
  const proxyEnv = findProxy(env);
  return { ...(path !== undefined && { ca: await readCertificates(path) }), ...(proxyEnv && { proxyEnv }) };
}

/** Node itself reads the variable once, at its start, and maybe from another environment than the caller's. */
async function readCertificates(path: string): Promise<readonly string[]> {
  const extra = await readFile(path, "utf8").catch(() => {
    throw refuse("The file of extra certificates cannot be read.");
  });
  const ca = [...rootCertificates, extra];
  try {
    // The other one takes text without any certificate, and then trusts nobody.
    void new X509Certificate(extra);
    createSecureContext({ ca });
  } catch {
    // OpenSSL's message may quote a piece of the file.
    throw refuse("The extra certificates are not valid PEM.");
  }
  return ca;
}

function findProxy(env: Env): Readonly<Record<string, string>> | undefined {
  const pick = (...names: string[]): [string, string][] =>
    names.flatMap((name) => {
      const held = variable(env, name);
      return held === undefined ? [] : [[name, held]];
    });
  const proxies = pick("HTTPS_PROXY", "https_proxy");
  if (proxies.length === 0) return undefined;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  // https://nodejs.org/api/https.html: `proxyEnv` of an agent.
  if (!(major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21))) {
    throw refuse("A proxy needs Node 22.21, 24.5 or later.");
  }
  return Object.fromEntries([...proxies, ...pick("NO_PROXY", "no_proxy")]);
}

const refuse = (message: string): SecretError => new SecretError("invalid_config", message);
