import { type Context, invalidConfig, type ProviderEnv, type Session } from "@vaultlink/core/provider";
import { findAddress } from "./address.ts";
import { clusterTransport } from "./cluster.ts";
import { signIn } from "./auth/sign-in.ts";
import { booleanVariable, variable } from "./env.ts";
import { identify } from "./identity.ts";
import type { HashicorpOptions } from "./options.ts";
import { namespacePath } from "./paths.ts";
import { createSession } from "./session.ts";
import { openTransport } from "./transport.ts";
import { loadVaultApi } from "./vault-api.ts";

/** Finds vault and credentials, signs in, and learns who we are. Throws without a session half open. */
export async function open(options: HashicorpOptions, context: Context): Promise<Session> {
  const { env } = context;
  refuseSkippedVerification(env);
  const address = findAddress(options.address, env, { agent: options.auth?.method === "agent" });
  const namespace = options.namespace ?? namespacePath(variable(env, "NAMESPACE") ?? "");
  const line = await openTransport(options, address, env);
  const transport = clusterTransport(line, [address, ...nodesOf(options, address)]);
  try {
    const api = await loadVaultApi({ address, namespace, transport });
    const grant = await signIn({ api, auth: options.auth ?? {}, options, address, namespace, context });
    const identity = identify({ address, namespace, token: grant.token, info: grant.info });
    return createSession({ api, namespace, grant, identity, hints: options, close: () => transport.close() });
  } catch (thrown) {
    transport.close();
    throw thrown;
  }
}

/** The other nodes. One line serves them all, so they speak what the address speaks. */
function nodesOf({ nodes = [] }: HashicorpOptions, address: string): readonly string[] {
  const scheme = address.slice(0, address.indexOf(":") + 1);
  if (nodes.every((node) => node.startsWith(scheme))) return nodes.filter((node) => node !== address);
  throw invalidConfig("The vault's nodes are reached all by https, or all by http on loopback.");
}

/** Certificates are always checked: `VAULT_SKIP_VERIFY=true` is refused instead of ignored. */
function refuseSkippedVerification(env: ProviderEnv): void {
  if (!booleanVariable(env, "SKIP_VERIFY")) return;
  throw invalidConfig("VAULT_SKIP_VERIFY is set, but certificates are always checked here.", "unset VAULT_SKIP_VERIFY");
}
