import type { UserConfig } from "tsdown";
import library from "../../tsdown.preset.ts";

/** The client is an entry of its own: a command that only asks loads nothing of the server. */
const config: UserConfig = { ...library, entry: ["src/index.ts", "src/client.ts", "src/server.ts"] };
export default config;
