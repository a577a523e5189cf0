import { SecretError } from "../errors/secret-error.ts";
import type { Context } from "../provider.ts";

/**
 * The caller's proxy for https, as the option `proxyEnv` of Node's agents takes it; `undefined` if there is none.
 * https://nodejs.org/api/https.html#new-agentoptions
 * Throws `invalid_config` where this Node's agents know no proxies: going round one would break what it is there for.
 */
export function findProxy(env: Context["env"]): Readonly<Record<string, string>> | undefined {
  const proxies = pick(env, "HTTPS_PROXY", "https_proxy");
  if (proxies.length === 0) return undefined;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (!(major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21))) {
    throw new SecretError("invalid_config", "A proxy needs Node 22.21, 24.5 or later.");
  }
  return Object.fromEntries([...proxies, ...pick(env, "NO_PROXY", "no_proxy")]);
}

function pick(env: Context["env"], ...names: readonly string[]): readonly (readonly [string, string])[] {
  return names.flatMap((name) => {
    const held = env[name]?.trim();
    return held ? [[name, held] as const] : [];
  });
}
