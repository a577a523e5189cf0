import type { UserConfig } from "tsdown";
import library from "../../tsdown.preset.ts";

const config: UserConfig = { ...library, entry: { index: "src/index.ts", "mutants/index": "src/mutants/index.ts" } };
export default config;
