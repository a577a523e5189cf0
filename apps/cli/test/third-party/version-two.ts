import { CONTRACT } from "@vaultlink/core/internal";
import type { Provider } from "@vaultlink/core/provider";

/*
 * Imported before anything else, this makes a core one of version 2 of the contract that still runs version 1: a try of
 * what happens once there is such a version. What it turns into its own is told by what is read.
 */
Object.assign(CONTRACT, { current: 2, upgrades: { 1: upgrade } });

function upgrade(provider: Provider): Provider {
  return {
    ...provider,
    specVersion: 2 as never,
    open: async (context) => {
      const session = await provider.open(context);
      return {
        ...session,
        async read(...given) {
          const { value } = await session.read(...given);
          return { value: typeof value === "string" ? `${value}, of version 1` : value };
        },
      };
    },
  };
}
