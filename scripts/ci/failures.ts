import { relative } from "node:path";

/** A test file as vitest reports it. */
interface TestFile {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: ReadonlyArray<{ readonly fullName: string; readonly status: string }>;
}

/**
 * A line for each test that failed, and for each file that failed without a failed test: whoever sees only the end of a
 * long log learns what it was. Titles alone: a message may quote what the test compared.
 */
export function failures(reports: readonly string[], root: string): readonly string[] {
  const files = reports.flatMap(
    (text) => (JSON.parse(text) as { readonly testResults: readonly TestFile[] }).testResults,
  );
  return files.flatMap(({ name, status, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((each) => each.status === "failed");
    if (failed.length > 0) return failed.map(({ fullName }) => `${file}: ${fullName}`);
    return status === "failed" ? [`${file}: the file itself`] : [];
  });
}
