import { join } from "node:path";
import type { UserConfig } from "tsdown";
import { builtInModules, nodeVaultInUse, thirdPartyNotices } from "../../tsdown.plugins.ts";
import library from "../../tsdown.preset.ts";

/** node-vault goes into the package: what an application installs is then this package and nothing below it. */
const config: UserConfig = {
  ...library,
  deps: { alwaysBundle: ["node-vault"], onlyBundle: ["node-vault"] },
  plugins: [builtInModules, nodeVaultInUse, thirdPartyNotices(join(import.meta.dirname, "THIRD-PARTY.txt"))],
};
export default config;
