import { fileURLToPath } from "node:url";
import type { Env } from "@vaultlink/core";
import type { LineOptions } from "@vaultlink/core/internal";
import { nodeOptions } from "../node-options.ts";
import { outputOf } from "./provider-output.ts";

/** What the process of a provider gets of the environment: where things are, and how to reach the network. */
const LENT: ReadonlySet<string> = new Set([
  ...["PATH", "HOME", "LANG", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS"],
  ...["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy"],
  // Windows starts nothing without these.
  ...["SystemRoot", "TEMP", "APPDATA", "USERPROFILE"],
]);

/** Of one message: a secret of some MiB is text within it. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/** The environment of a provider's process. */
export function hostEnvironment(env: Env): Record<string, string> {
  const lent: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (LENT.has(name) && value !== undefined) lent[name] = value;
  return lent;
}

/** How the process is started that loads the provider at a path. Throws as `outputOf` does. */
export function hostOptions(entry: string, folder: string, env: Env): LineOptions {
  const path = import.meta.url.endsWith(".ts") ? "./host/main.ts" : "./provider-host.js";
  const host = fileURLToPath(new URL(path, import.meta.url));
  const command = [process.execPath, ...nodeOptions(), host, entry] as const;
  return { command, cwd: folder, answersOn: 3, maxBytes: MAX_MESSAGE_BYTES, ...outputOf(env) };
}
