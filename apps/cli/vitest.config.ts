import { join } from "node:path";
import { defineConfig, type ViteUserConfigFnObject } from "vitest/config";
import shared from "../../vitest.shared.ts";

/** Without the condition "module": the SDK keeps builds for bundlers there, which Node itself cannot load. */
const conditions = ["source", "node", "import", "default"];

/** `--mode packed` tests the command as it was built, which is what people get, instead of its sources. */
const config: ViteUserConfigFnObject = defineConfig(({ mode }) => ({
  ...shared,
  ssr: { resolve: { conditions } },
  test: {
    ...shared.test,
    ...(mode === "packed" && { env: { VAULTLINK_TEST_MAIN: join(import.meta.dirname, "dist/main.js") } }),
  },
}));
export default config;
