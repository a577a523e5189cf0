import type { UserConfig } from "tsdown";
import library from "../../tsdown.preset.ts";
import { writeJavaScript } from "./scripts/write-javascript.ts";

// A command, and nothing to import.
const config: UserConfig = {
  ...library,
  entry: ["src/main.ts"],
  dts: false,
  attw: false,
  hooks: { "build:done": writeJavaScript },
};
export default config;
