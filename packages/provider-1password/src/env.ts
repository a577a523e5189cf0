import { NETWORK_VARIABLES, type ProviderEnv, variable } from "@vaultlink/core/provider";

/** Ways through the network. The thread that asks gets these and no others. */
const NETWORK: readonly string[] = ["NODE_USE_ENV_PROXY", "HTTP_PROXY", "http_proxy", ...NETWORK_VARIABLES];

/** Everything that decides who asks, whom, and through what. */
export const ENV_VARIABLES: readonly string[] = ["OP_*", ...NETWORK];

/** The variables of the caller that the thread may see. */
export function networkOf(env: ProviderEnv): Record<string, string> {
  return Object.fromEntries(
    NETWORK.flatMap((name) => {
      const held = variable(env, name);
      return held === undefined ? [] : [[name, held]];
    }),
  );
}
