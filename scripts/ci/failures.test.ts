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

test("of why a test failed there is the beginning, without fake secrets", () => {
  const message = `AssertionError: expected 'vlcanary-password x' to be 'y'\n\n  at a.test.ts:1\n${"more\n".repeat(50)}`;
  const failed = { fullName: "adds up", status: "failed", failureMessages: [message] };
  const [told = ""] = failures(
    [report({ name: "/checkout/a.test.ts", status: "failed", assertionResults: [failed] })],
    "/checkout",
  );
  const lines = told.split("\n");
  expect(lines.slice(0, 3)).toEqual([
    "a.test.ts: adds up",
    "  AssertionError: expected '*** x' to be 'y'",
    "    at a.test.ts:1",
  ]);
  expect(lines).toHaveLength(17);
});
