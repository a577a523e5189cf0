import { mergeConfig, type ViteUserConfig } from "vitest/config";
import shared from "../../vitest.shared.ts";

/** Core looks for this package where it is installed; here neither is. */
const config: ViteUserConfig = mergeConfig(shared, {
  resolve: { alias: { "@vaultlink/agent": new URL("src/index.ts", import.meta.url).pathname } },
});
export default config;
