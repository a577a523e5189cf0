import { join } from "node:path";
import type { UserConfig } from "tsdown";
import { thirdPartyNotices } from "../../tsdown.plugins.ts";
import library from "../../tsdown.preset.ts";

/**
 * The client is an entry of its own: a command that only asks loads nothing of the server. Two functions of a library go into
 * the package: what is installed is this package and core.
 */
const config: UserConfig = {
  ...library,
  entry: ["src/index.ts", "src/client.ts", "src/server.ts"],
  deps: { alwaysBundle: [/^@noble\/hashes/], onlyBundle: ["@noble/hashes"] },
  plugins: [thirdPartyNotices(join(import.meta.dirname, "THIRD-PARTY.txt"))],
};
export default config;
