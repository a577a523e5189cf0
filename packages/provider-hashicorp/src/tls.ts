import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import {
  definedMembers,
  findProxy,
  invalidConfig,
  type Network,
  type ProviderEnv,
  readPem,
  trustedCertificates,
} from "@vaultlink/core/provider";
import { pathVariable, variable } from "./env.ts";
import type { HashicorpOptions } from "./options.ts";

/** What `node:https` needs beside the address. */
export interface TlsSettings extends Network {
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
}

const FILE = "file of trusted certificates";

/**
 * Certificates and proxy of a connection, or `undefined` if it has none of its own.
 * Throws `invalid_config` for files that cannot be read or hold something else, and where this Node knows no proxies.
 */
export async function findTlsSettings(options: HashicorpOptions, env: ProviderEnv): Promise<TlsSettings | undefined> {
  const ca = await trustedCertificates(env, await findCertificates(options, env));
  const cert = await readPem(options.clientCertFile ?? pathVariable(env, "CLIENT_CERT"), "client certificate");
  const key = await readPem(options.clientKeyFile ?? pathVariable(env, "CLIENT_KEY"), "client key");
  const servername = options.tlsServerName ?? variable(env, "TLS_SERVER_NAME");
  const proxyEnv = findProxy(proxyVariables(env));
  if ((cert === undefined) !== (key === undefined)) {
    throw invalidConfig("A client certificate and its key are given together.");
  }
  const settings: TlsSettings = definedMembers({ ca, cert, key, servername, proxyEnv });
  if (Object.keys(settings).length === 0) return undefined;
  check(settings);
  return settings;
}

/** The vault's own proxy, as its client has it, counts for every host; else that of all programs. */
function proxyVariables(env: ProviderEnv): ProviderEnv {
  const own = variable(env, "PROXY_ADDR") ?? variable(env, "HTTP_PROXY");
  return own === undefined ? env : { HTTPS_PROXY: own };
}

async function findCertificates(options: HashicorpOptions, env: ProviderEnv): Promise<string | undefined> {
  return (
    options.ca ??
    (await readPem(options.caFile, FILE)) ??
    variable(env, "CACERT_BYTES") ??
    (await readPem(pathVariable(env, "CACERT"), FILE)) ??
    (await readFolder(pathVariable(env, "CAPATH")))
  );
}

async function readFolder(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => join(path, name));
    return (await Promise.all(files.toSorted().map((file) => readFile(file, "utf8")))).join("\n");
  } catch {
    throw invalidConfig("The folder of trusted certificates cannot be read.");
  }
}

function check({ cert, key }: TlsSettings): void {
  try {
    createSecureContext({ ...(cert && { cert }), ...(key && { key }) });
  } catch {
    // OpenSSL's message may quote a piece of the file.
    throw invalidConfig("The client certificate or its key is not valid PEM, or the two do not belong together.");
  }
}
