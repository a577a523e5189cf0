import type { UserConfig } from "tsdown";
import library from "../../tsdown.preset.ts";

const config: UserConfig = {
  ...library,
  entry: { index: "src/index.ts", "mutants/index": "src/mutants/index.ts" },
  // Who has only the published package reads the pages for authors there.
  copy: [{ from: "../../docs/providers", to: "dist" }],
};
export default config;
