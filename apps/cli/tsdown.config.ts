import { join } from "node:path";
import type { UserConfig } from "tsdown";
import { builtInsByProcess, clockOfLruCache, directImports } from "../../tsdown.loading.ts";
import {
  builtInModules,
  nodeVaultInUse,
  onepasswordWasm,
  screenForUse,
  thirdPartyNotices,
} from "../../tsdown.plugins.ts";
import { program } from "../../tsdown.preset.ts";

const cliFiles = (...names: readonly string[]): RegExp =>
  new RegExp(`[\\\\/]apps[\\\\/]cli[\\\\/]src[\\\\/](?:${names.join("|")})\\.ts$`);

/** Pieces that are loaded together: each file costs time to find, to read and to link. Those that are needed first, first. */
const GROUPS = [
  { name: "first", test: cliFiles("compile-cache", "version", "print-version") },
  { name: "short-way", test: cliFiles("hot/(?:hot|get)") },
  {
    name: "short-run",
    test: cliFiles("hot/run", "commands/run/(?:descriptors|mask-output|masked-output)", "end-by"),
  },
  { name: "commands", test: cliFiles("start", "agent/open", "commands/(?:list|get)", "commands/run/run") },
  {
    name: "hashicorp",
    test: /[\\/](?:provider-hashicorp[\\/]src[\\/](?:plugin|index|open|read|node-http|auth[\\/]token)\.ts$|node-vault[\\/])/,
  },
].map((group, index, all) => ({ ...group, priority: all.length - index }));

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
  outputOptions: { codeSplitting: { groups: GROUPS } },
  plugins: [
    builtInModules,
    builtInsByProcess,
    clockOfLruCache,
    directImports,
    nodeVaultInUse,
    onepasswordWasm,
    screenForUse,
    thirdPartyNotices(join(import.meta.dirname, "THIRD-PARTY.txt")),
  ],
};
export default config;
