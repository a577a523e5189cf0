import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { hit } from "./hit.ts";
import { run50 } from "./run-50.ts";
import { startUp } from "./start-up.ts";

const cli = fileURLToPath(new URL("../../apps/cli/dist/main.js", import.meta.url));
if (!existsSync(cli)) throw new Error("The command is not built yet: pnpm build");

const only = process.argv.slice(2);
const benchmarks = { hit, "start-up": () => startUp(cli), "run-50": () => run50(cli) };
for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (only.length === 0 || only.includes(name)) await benchmark();
}
