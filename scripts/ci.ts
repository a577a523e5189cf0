import { execFileSync } from "node:child_process";
import { chmodSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Count, countTests, total } from "./ci/count.ts";
import { failures } from "./ci/failures.ts";
import { type Outcome, runStep } from "./ci/run-step.ts";
import { steps } from "./ci/steps.ts";

/*
 * Runs the steps of scripts/ci/steps.ts one after another, whatever fails, and sums up. Needs nothing installed but
 * Node: started by .ci/run.
 */
const root = join(import.meta.dirname, "..");
process.chdir(root);
const home = mkdtempSync(join(tmpdir(), "vaultlink-ci-"));
// A server that refuses to run as root runs as somebody else, who must get to its own folder below this one.
chmodSync(home, 0o711);
const log = join(home, "log.txt");
const temporary = join(home, "tmp");
mkdirSync(temporary);

const REPORTS = "{packages,apps}/*/coverage/tests.json";
const reports = (): string[] => [
  ...globSync(REPORTS, { cwd: root }),
  ...globSync("{scripts,benchmarks}/coverage/tests.json", { cwd: root }),
];
const changes = (): string => execFileSync("git", ["status", "--porcelain"], { encoding: "utf8" });

// Nothing a test says may come from an earlier run, and what it leaves behind must be found.
const env = { ...process.env, CI: "true", TMPDIR: temporary, TURBO_FORCE: "true", NO_COLOR: "1" };
for (const old of reports()) rmSync(join(root, old));
const before = changes();

const outcomes: Outcome[] = [];
for (const step of steps([log, temporary])) {
  const outcome = await runStep(step, log, env);
  console.log(`── ${step.name}: ${outcome.ok ? "ok" : "FAILED"} in ${outcome.seconds.toFixed(1)} s`);
  outcomes.push(outcome);
  if (!outcome.ok && step.vital === true) break;
}
outcomes.push({ name: "checkout unchanged", ok: changes() === before, seconds: 0 });

const told = reports().map((path) => readFileSync(join(root, path), "utf8"));
const tests: Count = countTests(told);
const { passed, failed } = total(tests, outcomes);
console.log("\nstep                  seconds");
for (const { name, ok, seconds } of outcomes)
  console.log(`${name.padEnd(20)} ${seconds.toFixed(1).padStart(8)}${ok ? "" : "  FAILED"}`);
console.log(`\ntests: ${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped`);
for (const line of failures(told, root)) console.log(`failed: ${line}`);
if (failed === 0) rmSync(home, { recursive: true });
else console.log(`The log: ${log}`);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);
