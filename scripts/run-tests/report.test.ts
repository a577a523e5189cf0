import { expect, test } from "vitest";
import { crashedFiles, withRepeated } from "./report.ts";

const file = (name: string, status: string, ...tests: readonly string[]) => ({
  ...{ name, status, message: "" },
  assertionResults: tests.map((each) => ({ status: each })),
});
const passed = file("a", "passed", "passed", "skipped");
const crashed = file("b", "failed", "passed", "pending");

test("a file whose process ended is found, if nothing else failed", () => {
  expect(crashedFiles({ testResults: [passed, crashed] })).toEqual(["b"]);
});

test.each([
  ["nothing failed", [passed]],
  ["a test failed, too", [crashed, file("c", "failed", "failed")]],
  ["a file failed for a reason", [crashed, { ...file("c", "failed"), message: "Hook timed out." }]],
  ["its own test failed before", [file("b", "failed", "failed", "pending")]],
])("none is where %s", (_, testResults) => {
  expect(crashedFiles({ testResults })).toBeUndefined();
});

test("what was run again takes the place of the first run, and is counted", () => {
  const again = file("b", "failed", "passed", "failed");
  expect(withRepeated({ testResults: [passed, crashed] }, { testResults: [again] })).toEqual({
    testResults: [passed, again],
    ...{ numTotalTests: 4, numPassedTests: 2, numFailedTests: 1, numPendingTests: 1, numTodoTests: 0 },
  });
});
