import type { UserConfig } from "tsdown";
import library from "../../tsdown.preset.ts";

/** Two programs: the library, and the thread that looks for tokens, which the library starts by its file's name. */
const config: UserConfig = {
  ...library,
  entry: { index: "src/index.ts", "azure-thread": "src/credentials/thread-worker.ts" },
};
export default config;
