import { relative } from "node:path";

/** A test file as vitest reports it. */
interface TestFile {
  readonly name: string;
  readonly status: string;
  /** What went wrong outside of its tests; empty where its process ended before it was done. */
  readonly message?: string;
  readonly assertionResults: ReadonlyArray<{ readonly fullName: string; readonly status: string }>;
}

/**
 * A line for each test that failed, and for each file that failed without a failed test: whoever sees only the end of a
 * long log learns what it was. Of a test the title alone: its message may quote what it compared.
 */
export function failures(reports: readonly string[], root: string): readonly string[] {
  const files = reports.flatMap(
    (text) => (JSON.parse(text) as { readonly testResults: readonly TestFile[] }).testResults,
  );
  return files.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((each) => each.status === "failed");
    if (failed.length > 0) return failed.map(({ fullName }) => `${file}: ${fullName}`);
    return status === "failed" ? [`${file}: ${reason(message, assertionResults)}`] : [];
  });
}

function reason(message: string | undefined, tests: TestFile["assertionResults"]): string {
  const [first = ""] = message?.split("\n") ?? [];
  if (first !== "") return `the file itself: ${first.slice(0, LONGEST)}`;
  const passed = tests.filter(({ status }) => status === "passed").length;
  return `the file itself: its process ended after ${passed} of ${tests.length} tests`;
}

/** Characters of a reason that are shown. */
const LONGEST = 200;
