import { spawnSync } from "node:child_process";

import { judge } from "./ci/audit.ts";

/* Asks the registry for known vulnerabilities of every dependency. */
const asked = spawnSync("pnpm", ["audit", "--json"], { encoding: "utf8", timeout: 120_000 });
const { ok, line } = judge(asked.stdout);
console.log(line);
process.exitCode = ok ? 0 : 1;
