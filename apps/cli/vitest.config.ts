import { defineConfig, type ViteUserConfig } from "vitest/config";
import shared from "../../vitest.shared.ts";

/** Without the condition "module": the SDK keeps builds for bundlers there, which Node itself cannot load. */
const config: ViteUserConfig = defineConfig({
  ...shared,
  ssr: { resolve: { conditions: ["source", "node", "import", "default"] } },
});
export default config;
