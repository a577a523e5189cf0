import type { UserConfig } from "tsdown";
import library from "../../tsdown.preset.ts";

/** Two programs: the library, and the thread that looks for credentials, which the library starts by its file's name. */
const config: UserConfig = {
  ...library,
  entry: { index: "src/index.ts", "default-chain-worker": "src/credentials/default-chain-worker.ts" },
};
export default config;
