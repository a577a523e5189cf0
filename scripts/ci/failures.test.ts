import { expect, test } from "vitest";

import { failures } from "./failures.ts";

const report = (...testResults: unknown[]): string => JSON.stringify({ testResults });
const file = (name: string, status: string, ...tests: ReadonlyArray<readonly [string, string]>): object => ({
  name: `/checkout/${name}`,
  status,
  assertionResults: tests.map(([fullName, of]) => ({ fullName, status: of })),
});

test("each failed test is named with its file, of whatever package", () => {
  const reports = [
    report(file("core/a.test.ts", "failed", ["adds up", "passed"], ["takes away", "failed"], ["divides", "failed"])),
    report(file("cli/b.test.ts", "passed", ["runs", "passed"], ["waits", "skipped"])),
  ];
  expect(failures(reports, "/checkout")).toEqual(["core/a.test.ts: takes away", "core/a.test.ts: divides"]);
});

test("a file that could not be run is named too", () => {
  const broken = report(
    { ...file("core/a.test.ts", "failed"), message: "Hook timed out in 120000ms.\nIf this is a slow hook, …" },
    file("core/c.test.ts", "failed", ["adds up", "passed"], ["takes away", "skipped"]),
  );
  expect(failures([broken], "/checkout")).toEqual([
    "core/a.test.ts: the file itself: Hook timed out in 120000ms.",
    "core/c.test.ts: the file itself: its process ended after 1 of 2 tests",
  ]);
});
