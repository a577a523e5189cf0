import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createSecureContext, rootCertificates } from "node:tls";
import { SecretError } from "@vaultlink/core";
import { type Env, variable } from "./env.ts";
import type { HashicorpOptions } from "./options.ts";

/** What `node:https` needs beside the address. */
export interface TlsSettings {
  readonly ca?: readonly string[];
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
  readonly proxyEnv?: Readonly<Record<string, string>>;
}

const PROXY_VARIABLES = ["HTTPS_PROXY", "https_proxy"] as const;
const NO_PROXY_VARIABLES = ["NO_PROXY", "no_proxy"] as const;

/**
 * Certificates and proxy of a connection, or `undefined` if it has none of its own.
 * Throws `invalid_config` for files that cannot be read or hold something else, and where this Node knows no proxies.
 */
export async function findTlsSettings(options: HashicorpOptions, env: Env): Promise<TlsSettings | undefined> {
  const ca = await findCertificates(options, env);
  const cert = await readPem(options.clientCertFile ?? variable(env, "CLIENT_CERT"), "client certificate");
  const key = await readPem(options.clientKeyFile ?? variable(env, "CLIENT_KEY"), "client key");
  const servername = options.tlsServerName ?? variable(env, "TLS_SERVER_NAME");
  const proxyEnv = findProxy(env);
  if ((cert === undefined) !== (key === undefined)) {
    throw refuse("A client certificate and its key are given together.");
  }
  const settings: TlsSettings = {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(servername !== undefined && { servername }),
    ...(proxyEnv !== undefined && { proxyEnv }),
  };
  if (Object.keys(settings).length === 0) return undefined;
  check(settings);
  return settings;
}

async function findCertificates(options: HashicorpOptions, env: Env): Promise<readonly string[] | undefined> {
  const own =
    options.ca ??
    (await readPem(options.caFile, "file of trusted certificates")) ??
    variable(env, "CACERT_BYTES") ??
    (await readPem(variable(env, "CACERT"), "file of trusted certificates")) ??
    (await readFolder(variable(env, "CAPATH")));
  if (own !== undefined) return [own];
  // Node itself reads this variable once, at its start, and maybe from another environment than the caller's.
  const extra = await readPem(env["NODE_EXTRA_CA_CERTS"]?.trim() || undefined, "file of extra certificates");
  return extra === undefined ? undefined : [...rootCertificates, extra];
}

function findProxy(env: Env): Readonly<Record<string, string>> | undefined {
  const pick = (names: readonly string[]): [string, string][] =>
    names.flatMap((name) => (env[name] ? [[name, env[name]]] : []));
  const proxies = pick(PROXY_VARIABLES);
  if (proxies.length === 0) return undefined;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  // https://nodejs.org/api/https.html: `proxyEnv` of an agent.
  if (!(major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21))) {
    throw refuse("A proxy needs Node 22.21, 24.5 or later.");
  }
  return Object.fromEntries([...proxies, ...pick(NO_PROXY_VARIABLES)]);
}

async function readPem(path: string | undefined, what: string): Promise<string | undefined> {
  if (path === undefined) return undefined;
  return readFile(path, "utf8").catch(() => {
    throw refuse(`The ${what} cannot be read.`);
  });
}

async function readFolder(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => join(path, name));
    return (await Promise.all(files.toSorted().map((file) => readFile(file, "utf8")))).join("\n");
  } catch {
    throw refuse("The folder of trusted certificates cannot be read.");
  }
}

function check({ ca, cert, key }: TlsSettings): void {
  try {
    createSecureContext({ ...(ca && { ca: [...ca] }), ...(cert && { cert }), ...(key && { key }) });
  } catch {
    // OpenSSL's message may quote a piece of the file.
    throw refuse("A certificate or key is not valid PEM, or the two do not belong together.");
  }
}

const refuse = (message: string): SecretError => new SecretError("invalid_config", message);
