import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Baselines, compare } from "./instructions/compare.ts";
import { countPaths } from "./instructions/paths.ts";
import { nodeProgram } from "./packages/node-program.ts";

/*
 * Counts the instructions of the hot paths of what is built, and fails where one takes over 3 % more than its baseline.
 * `--renew` makes what this Node takes the baselines: for a change that is worth it, or to another Node.
 */
const root = join(import.meta.dirname, "..");
const file = join(import.meta.dirname, "instructions", "baselines.json");
const { renew } = parseArgs({ options: { renew: { type: "boolean", default: false } } }).values;
const valgrind = "/usr/bin/valgrind";
const baselines = JSON.parse(readFileSync(file, "utf8")) as Baselines;

if (!existsSync(valgrind)) leaveOut(`there is no ${valgrind}: install your system's valgrind`);
else if (!renew && baselines.arch !== process.arch) leaveOut(`the baselines are of ${baselines.arch} processors`);
else {
  const home = mkdtempSync(join(tmpdir(), "vaultlink-instructions-"));
  try {
    const node = renew ? process.execPath : nodeProgram(baselines.node, home);
    const paths = await countPaths({ root, valgrind, node, home });
    const verdicts = compare(paths, baselines.paths);
    for (const { ok, said } of verdicts) (ok || renew ? console.log : console.error)(said);
    const now: Baselines = { node: process.versions.node, arch: process.arch, paths };
    if (renew) writeFileSync(file, `${JSON.stringify(now, undefined, 2)}\n`);
    else if (verdicts.some(({ ok }) => !ok)) {
      console.error(
        "Where that is worth it, say why in the commit, with new baselines: pnpm check:instructions --renew",
      );
      process.exitCode = 1;
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Not a fault, save where CI wants it counted. */
function leaveOut(reason: string): void {
  console.error(`Instructions are not counted: ${reason}.`);
  if (process.env["CI"] !== undefined) process.exitCode = 1;
}
