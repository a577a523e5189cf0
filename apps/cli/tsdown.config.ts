import { join } from "node:path";
import type { UserConfig } from "tsdown";
import {
  builtInsByProcess,
  nodeVaultInUse,
  onepasswordWasm,
  screenForUse,
  thirdPartyNotices,
} from "../../tsdown.plugins.ts";
import { program } from "../../tsdown.preset.ts";

/**
 * One package: the command, the agent that it starts, the providers, their SDKs. Threads are programs of their own, which
 * their providers look for beside the bundle.
 */
const config: UserConfig = {
  ...program,
  entry: {
    main: "src/main.ts",
    agent: "src/agent/main.ts",
    "provider-host": "src/third-party/host/main.ts",
    "default-chain-worker": "../../packages/provider-aws/src/credentials/default-chain-worker.ts",
    "azure-thread": "../../packages/provider-azure/src/credentials/thread-worker.ts",
    "onepassword-thread": "../../packages/provider-1password/src/worker/worker.ts",
  },
  plugins: [
    builtInsByProcess,
    nodeVaultInUse,
    onepasswordWasm,
    screenForUse,
    thirdPartyNotices(join(import.meta.dirname, "THIRD-PARTY.txt")),
  ],
};
export default config;
