import type { UserConfig } from "tsdown";
import library from "../../tsdown.preset.ts";

/** One bundle per entry of package.json's `exports`; what they share is in common chunks. */
const config: UserConfig = { ...library, entry: ["src/index.ts", "src/provider.ts", "src/internal.ts"] };
export default config;
