import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createSecureContext, rootCertificates } from "node:tls";
import { SecretError } from "@vaultlink/core";
import { checkAuthority } from "./check-options.ts";
import { cloudOf, CLOUDS } from "./clouds.ts";
import { type Env, variable } from "./env.ts";
import type { AzureOptions } from "./options.ts";
import { noVault, parseVault, type VaultAddress } from "./vault-address.ts";

/** What is asked, and how it is reached. Plain data, so that it can go to another thread. */
export interface Settings {
  /** The first is the one that a bare name is in. */
  readonly vaults: readonly [VaultAddress, ...VaultAddress[]];
  /** Where to sign in, without a final slash. */
  readonly authority: string;
  /** Whether that is none of Azure's own, so that nobody else could confirm it. */
  readonly privateAuthority: boolean;
  /** PEM. */
  readonly ca?: readonly string[];
  readonly proxyEnv?: Readonly<Record<string, string>>;
  /** Ms. */
  readonly requestTimeoutMs: number;
  /** Ms. */
  readonly loginTimeoutMs: number;
}

/**
 * Settles what is asked and how: an option wins over a variable.
 * Throws `invalid_config` for addresses and certificates that cannot be meant, and where this Node knows no proxies.
 */
export async function settle(options: AzureOptions, env: Env): Promise<Settings> {
  const vaults = findVaults(options, env);
  const given = variable(env, "AZURE_AUTHORITY_HOST");
  const own = CLOUDS[cloudOf(vaults[0].host) ?? options.cloud ?? "public"].authority;
  const authority =
    options.authorityHost !== undefined
      ? checkAuthority('Option "authorityHost"', options.authorityHost)
      : given === undefined
        ? own
        : checkAuthority("AZURE_AUTHORITY_HOST", given.includes("://") ? given : `https://${given}`);
  const ca = await findCertificates(options, env);
  const proxyEnv = findProxy(env);
  return {
    vaults,
    authority,
    privateAuthority: Object.values(CLOUDS).every((cloud) => cloud.authority !== authority),
    ...(ca !== undefined && { ca }),
    ...(proxyEnv !== undefined && { proxyEnv }),
    requestTimeoutMs: options.requestTimeoutMs ?? 10_000,
    loginTimeoutMs: options.loginTimeoutMs ?? 15_000,
  };
}

function findVaults(options: AzureOptions, env: Env): Settings["vaults"] {
  const { vault = options.vaultUrl, vaults, cloud = "public" } = options;
  const given = vaults ?? (vault === undefined ? undefined : [vault]);
  if (given !== undefined) {
    const [first, ...others] = given.map((one) => parseVault(one, cloud, "The key vault"));
    if (first !== undefined) return [first, ...others];
  }
  const ambient = variable(env, "AZURE_KEYVAULT_URL");
  if (ambient === undefined) throw noVault();
  return [parseVault(ambient, cloud, "AZURE_KEYVAULT_URL")];
}

async function findCertificates(options: AzureOptions, env: Env): Promise<readonly string[] | undefined> {
  const own = options.ca ?? (await readPem(options.caFile));
  if (own !== undefined) return valid([own]);
  // Node itself reads this variable once, at its start, and maybe from another environment than the caller's.
  const extra = await readPem(variable(env, "NODE_EXTRA_CA_CERTS"));
  return extra === undefined ? undefined : valid([...rootCertificates, extra]);
}

async function readPem(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  return readFile(path, "utf8").catch(() => {
    throw refuse("The file of trusted certificates cannot be read.");
  });
}

function valid(ca: readonly string[]): readonly string[] {
  try {
    // The other one takes text without any certificate, and then trusts nobody.
    for (const pem of ca.slice(-1)) void new X509Certificate(pem);
    createSecureContext({ ca: [...ca] });
  } catch {
    // OpenSSL's message may quote a piece of the file.
    throw refuse("The trusted certificates are not valid PEM.");
  }
  return ca;
}

function findProxy(env: Env): Readonly<Record<string, string>> | undefined {
  const pick = (...names: string[]): [string, string][] =>
    names.flatMap((name) => (env[name] ? [[name, env[name]]] : []));
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
