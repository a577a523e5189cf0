/** A file of tests, as vitest's JSON report has it. */
interface TestFile {
  readonly name: string;
  readonly status: string;
  readonly message?: string;
  readonly assertionResults: ReadonlyArray<{ readonly status: string }>;
}

/** The parts of vitest's JSON report that are read here. */
export interface Report {
  readonly testResults: readonly TestFile[];
}

/**
 * The files whose process ended before they were done, if nothing else went wrong; `undefined` if something did. Such a file
 * has failed without a failed test and without a reason.
 */
export function crashedFiles({ testResults }: Report): readonly string[] | undefined {
  const failed = testResults.filter(({ status }) => status !== "passed");
  const hasCrashed = ({ message = "", assertionResults }: TestFile): boolean =>
    message === "" && assertionResults.every(({ status }) => status !== "failed");
  return failed.length > 0 && failed.every(hasCrashed) ? failed.map(({ name }) => name) : undefined;
}

/** A report with the files that were run again in place of those of the first run, counted anew. */
export function withRepeated(first: Report, again: Report): Report {
  const repeated = new Map(again.testResults.map((file) => [file.name, file]));
  const testResults = first.testResults.map((file) => repeated.get(file.name) ?? file);
  const statuses = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));
  const count = (...wanted: readonly string[]): number => statuses.filter((status) => wanted.includes(status)).length;
  return {
    ...first,
    testResults,
    ...{ numTotalTests: statuses.length, numPassedTests: count("passed"), numFailedTests: count("failed") },
    ...{ numPendingTests: count("pending", "skipped"), numTodoTests: count("todo") },
  };
}
