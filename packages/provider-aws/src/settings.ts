import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createSecureContext, rootCertificates } from "node:tls";
import { SecretError } from "@vaultlink/core";
import { checkEndpoint } from "./check-options.ts";
import { type Env, flag, variable } from "./env.ts";
import type { AwsOptions } from "./options.ts";

/** How AWS is reached. Plain data, so that it can go to another thread. */
export interface Settings {
  /** Of Secrets Manager; absent means AWS's own. */
  readonly endpoint?: string;
  readonly stsEndpoint?: string;
  readonly fips: boolean;
  readonly dualStack: boolean;
  /** PEM. */
  readonly ca?: readonly string[];
  readonly proxyEnv?: Readonly<Record<string, string>>;
  /** Ms. */
  readonly connectTimeoutMs: number;
  /** Ms. */
  readonly requestTimeoutMs: number;
}

/**
 * Settles how AWS is reached: an option wins over a variable.
 * Throws `invalid_config` for addresses and certificates that cannot be meant, and where this Node knows no proxies.
 */
export async function settle(options: AwsOptions, env: Env): Promise<Settings> {
  const endpoint = options.endpoint ?? findEndpoint(env, "SECRETS_MANAGER");
  // What speaks http on loopback is an emulator: its keys are nothing for the real STS.
  const emulator = endpoint?.startsWith("http:") ? endpoint : undefined;
  const stsEndpoint = options.stsEndpoint ?? findEndpoint(env, "STS") ?? emulator;
  const ca = await findCertificates(options, env);
  const proxyEnv = findProxy(env);
  const fips = options.fips ?? flag(env, "AWS_USE_FIPS_ENDPOINT");
  const dualStack = options.dualStack ?? flag(env, "AWS_USE_DUALSTACK_ENDPOINT");
  if ((endpoint ?? stsEndpoint) !== undefined && (fips || dualStack)) {
    throw refuse("FIPS and dual-stack choose among AWS's own endpoints: give an endpoint or one of them, not both.");
  }
  return {
    ...(endpoint !== undefined && { endpoint }),
    ...(stsEndpoint !== undefined && { stsEndpoint }),
    fips,
    dualStack,
    ...(ca !== undefined && { ca }),
    ...(proxyEnv !== undefined && { proxyEnv }),
    connectTimeoutMs: options.connectTimeoutMs ?? 2000,
    requestTimeoutMs: options.requestTimeoutMs ?? 10_000,
  };
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function findEndpoint(env: Env, service: string): string | undefined {
  if (flag(env, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) return undefined;
  for (const name of [`AWS_ENDPOINT_URL_${service}`, "AWS_ENDPOINT_URL"]) {
    const address = variable(env, name);
    if (address !== undefined) return checkEndpoint(name, address);
  }
  return undefined;
}

async function findCertificates(options: AwsOptions, env: Env): Promise<readonly string[] | undefined> {
  const own = options.ca ?? (await readPem(options.caFile ?? variable(env, "AWS_CA_BUNDLE")));
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
