import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { countTests, total } from "./count.ts";
import { readmeCommand } from "./steps.ts";

const report = (passed: number, failed: number, skipped: number): string =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, numTodoTests: 0 });
const ok = { name: "build", ok: true, seconds: 1 };
const bad = { name: "lint", ok: false, seconds: 1 };

test("the reports of all packages are added up", () => {
  expect(countTests([report(2, 1, 0), report(3, 0, 4)])).toEqual({ passed: 5, failed: 1, skipped: 4 });
});

test("a report that is none is an error, not a zero", () => {
  expect(() => countTests(["{}"])).toThrow("numPassedTests");
});

test("a failed step counts once; a failed test step counts by its tests", () => {
  const none = { passed: 5, failed: 0, skipped: 0 };
  expect(total(none, [ok])).toEqual({ passed: 5, failed: 0 });
  expect(total(none, [ok, bad])).toEqual({ passed: 5, failed: 1 });
  expect(total({ ...none, failed: 2 }, [{ ...bad, name: "test" }])).toEqual({ passed: 5, failed: 2 });
});

test("a test step that failed without a failed test is a failure", () => {
  expect(total({ passed: 5, failed: 0, skipped: 0 }, [{ ...bad, name: "test" }])).toEqual({ passed: 5, failed: 1 });
});

test.each(["demo", "test"] as const)("the README gives the very command that CI runs: %s", (script) => {
  const readme = readFileSync(join(import.meta.dirname, "..", "..", "README.md"), "utf8");
  expect(readme.split("\n")).toContain(readmeCommand(script).join(" "));
});
