// Runs turbo for the scripts of package.json: refuses a Node that is too old, and switches its telemetry off.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import process from "node:process";

import { preflight } from "./check-node.mjs";

if (preflight()) {
  const turbo = createRequire(import.meta.url).resolve("turbo/bin/turbo");
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" };
  const ended = spawnSync(process.execPath, [turbo, "run", ...process.argv.slice(2)], { env, stdio: "inherit" });
  if (ended.error) console.error("turbo could not be started: " + ended.error.code);
  process.exitCode = ended.status ?? 1;
}
