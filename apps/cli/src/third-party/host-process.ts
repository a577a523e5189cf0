import { fileURLToPath } from "node:url";
import { type Env, SecretError } from "@vaultlink/core";
import { hostedRefusal, type LineOptions, startProgram } from "@vaultlink/core/internal";

/** What the process of a provider gets of the environment: where things are, and how to reach the network. */
const LENT: ReadonlySet<string> = new Set([
  ...["PATH", "HOME", "LANG", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS"],
  ...["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy"],
  // Windows starts nothing without these.
  ...["SystemRoot", "TEMP", "APPDATA", "USERPROFILE"],
]);

/** Of one message: a secret of some MiB is text within it. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
/** How long loading a provider's code may take, in ms. */
const LOAD_MS = 10_000;

/** The environment of a provider's process. */
export function hostEnvironment(env: Env): Record<string, string> {
  const lent: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (LENT.has(name) && value !== undefined) lent[name] = value;
  return lent;
}

/** How the process is started that loads the provider at a path. */
export function hostOptions(entry: string, folder: string): LineOptions {
  const isSource = import.meta.url.endsWith(".ts");
  const host = fileURLToPath(new URL(isSource ? "./host/main.ts" : "./provider-host.js", import.meta.url));
  const flags = process.allowedNodeEnvironmentFlags.has("--disable-sigusr1") ? ["--disable-sigusr1"] : [];
  const given = [...flags, ...(isSource ? ["--conditions=source"] : []), host, entry];
  return { command: [process.execPath, ...given], cwd: folder, answersOn: 3, maxBytes: MAX_MESSAGE_BYTES };
}

/** Asks the code of a provider one thing, in a process that ends afterwards. Throws `invalid_config` where it does not answer. */
export async function askOnce(options: LineOptions, env: Env, method: string, params: object): Promise<unknown> {
  const line = startProgram(options, hostEnvironment(env), {}, hostedRefusal);
  const signal = AbortSignal.timeout(LOAD_MS);
  try {
    return await line.request(method, params, { signal, deadline: Date.now() + LOAD_MS });
  } catch (thrown) {
    if (signal.aborted) throw new SecretError("invalid_config", "it did not load within 10 seconds");
    throw thrown;
  } finally {
    await line.close(0);
  }
}
