import { relative } from "node:path";

/** A test file as vitest reports it. */
interface TestFile {
  readonly name: string;
  readonly status: string;
  /** What went wrong outside of its tests; empty where its process ended before it was done. */
  readonly message?: string;
  readonly assertionResults: ReadonlyArray<{
    readonly fullName: string;
    readonly status: string;
    readonly failureMessages?: readonly string[];
  }>;
}

/**
 * Each test that failed with the beginning of why, and each file that failed without a failed test: whoever sees only
 * the end of a long log learns what it was. Fake secrets, which a message may quote, are left out.
 */
export function failures(reports: readonly string[], root: string): readonly string[] {
  const files = reports.flatMap(
    (text) => (JSON.parse(text) as { readonly testResults: readonly TestFile[] }).testResults,
  );
  return files.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((each) => each.status === "failed");
    if (failed.length > 0)
      return failed.map((each) => [`${file}: ${each.fullName}`, ...beginning(each.failureMessages)].join("\n  "));
    return status === "failed" ? [`${file}: ${reason(message, assertionResults)}`] : [];
  });
}

function reason(message: string | undefined, tests: TestFile["assertionResults"]): string {
  const [first = ""] = message?.split("\n") ?? [];
  if (first !== "") return `the file itself: ${first.slice(0, LONGEST)}`;
  const passed = tests.filter(({ status }) => status === "passed").length;
  return `the file itself: its process ended after ${passed} of ${tests.length} tests`;
}

function beginning([message = ""]: readonly string[] = []): readonly string[] {
  const lines = message.split("\n").map((line) => line.trimEnd());
  return lines
    .filter((line) => line !== "")
    .slice(0, LINES)
    .map((line) => line.slice(0, LONGEST).replaceAll(/vlcanary-\S*/g, "***"));
}

/** Lines of a failed test's message that are shown. */
const LINES = 16;

/** Characters of a reason that are shown. */
const LONGEST = 200;
