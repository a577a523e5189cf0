import type { UserConfig } from "tsdown";
import library from "../../tsdown.preset.ts";

// A command, and nothing to import.
const config: UserConfig = { ...library, entry: ["src/main.ts"], dts: false, attw: false };
export default config;
