import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crashedFiles, type Report, withRepeated } from "./run-tests/report.ts";

/*
 * `vitest run` in a package whose providers run threads. Node itself has crashed there (SIGSEGV), at no particular test, once
 * in some thousands of threads (see vitest.shared.ts): a file whose process ended so is run once more, in a process of its own, and this is told. A
 * test that failed is never run again.
 */
const root = process.cwd();
const program = join(createRequire(join(root, "package.json")).resolve("vitest/package.json"), "../vitest.mjs");
/** Temporary files of these tests alone: a process that crashed has not tidied up. */
const temporary = mkdtempSync(join(tmpdir(), "t-"));
const env = { ...process.env, TMPDIR: temporary };
const REPORT = join(root, "coverage/tests.json");

/** Its exit status, and its report if it wrote one. */
function vitest(args: readonly string[]): { readonly status: number; readonly report: Report | undefined } {
  rmSync(REPORT, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${REPORT}`];
  const { status } = spawnSync(process.execPath, [program, "run", ...args, ...reporters], { stdio: "inherit", env });
  const isWritten = existsSync(REPORT);
  return { status: status ?? 1, report: isWritten ? (JSON.parse(readFileSync(REPORT, "utf8")) as Report) : undefined };
}

const args = process.argv.slice(2);
let { status, report } = vitest(args);
const crashed = status !== 0 && report !== undefined ? crashedFiles(report) : undefined;
if (report !== undefined && crashed !== undefined) {
  console.log(`Their process ended, so these are run once more:\n${crashed.join("\n")}`);
  rmSync(temporary, { recursive: true });
  mkdirSync(temporary);
  const again = vitest([...args.filter((arg) => arg.startsWith("-")), ...crashed]);
  status = again.status;
  if (again.report !== undefined) report = withRepeated(report, again.report);
  writeFileSync(REPORT, JSON.stringify(report));
}
// What is left otherwise is for the scan to find.
if (readdirSync(temporary).length === 0) rmSync(temporary, { recursive: true });
process.exitCode = status;
