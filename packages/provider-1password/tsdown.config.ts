import type { UserConfig } from "tsdown";
import library from "../../tsdown.preset.ts";

/** Two programs: the library, and the thread that holds the SDK, which the library starts by its file's name. */
const config: UserConfig = {
  ...library,
  entry: { index: "src/index.ts", "onepassword-thread": "src/worker/worker.ts" },
};
export default config;
