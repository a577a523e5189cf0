import type { Outcome } from "./run-step.ts";

/** How many tests ended how. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Adds up what vitest wrote for each package. Throws if a report is not one. */
export function countTests(reports: readonly string[]): Count {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const text of reports) {
    const report = JSON.parse(text) as Record<string, unknown>;
    sum.passed += numberIn(report, "numPassedTests");
    sum.failed += numberIn(report, "numFailedTests");
    sum.skipped += numberIn(report, "numPendingTests") + numberIn(report, "numTodoTests");
  }
  return sum;
}

function numberIn(report: Readonly<Record<string, unknown>>, name: string): number {
  const value = report[name];
  if (typeof value !== "number") throw new Error(`A test report has no ${name}.`);
  return value;
}

/** Tests and steps together. The step `test` counts by its tests, but as one failure if it failed without naming any. */
export function total(tests: Count, outcomes: readonly Outcome[]): Pick<Count, "passed" | "failed"> {
  const steps = outcomes.filter(({ name, ok }) => !ok && !(name === "test" && tests.failed > 0));
  return { passed: tests.passed, failed: tests.failed + steps.length };
}
