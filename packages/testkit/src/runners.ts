import type { Case, Outcome } from "./case.ts";

/** Ms that a runner gives a case beyond the case's own limit, so that the case can say what it waits for. */
const GRACE_MS = 10_000;

/** vitest's `it` or `test`, or another with that signature. */
export interface VitestTest {
  (
    name: string,
    run: (runner: { readonly skip: (reason?: string) => never }) => Promise<void>,
    timeoutMs: number,
  ): unknown;
  readonly skip: (name: string, run: () => void) => unknown;
}

/** `test` or `it` of `node:test`. */
export type NodeTest = (
  name: string,
  options: { readonly skip?: string | false; readonly timeout: number },
  run: (runner: { readonly skip: (reason?: string) => void }) => Promise<void>,
) => unknown;

/** Registers cases with vitest: `toVitest(cases, it)`. What is skipped shows its reason. */
export function toVitest(cases: readonly Case[], it: VitestTest): void {
  for (const { group, name, skip, timeLimitMs, run } of cases) {
    if (skip !== undefined) it.skip(`${group}: ${name} (${skip})`, () => undefined);
    else it(`${group}: ${name}`, async (runner) => void (await run(runner)), timeLimitMs + GRACE_MS);
  }
}

/** Registers cases with `node:test`: `toNodeTest(cases, test)`. What is skipped shows its reason. */
export function toNodeTest(cases: readonly Case[], test: NodeTest): void {
  for (const { group, name, skip, timeLimitMs, run } of cases) {
    const options = { skip: skip ?? false, timeout: timeLimitMs + GRACE_MS } as const;
    void test(`${group}: ${name}`, options, async (runner) => void (await run(runner)));
  }
}

/** How a case came out. */
export type CaseResult = Pick<Case, "group" | "name"> & Outcome & { readonly failed?: string };

/** Runs cases one after another, without a runner. */
export async function runAll(cases: readonly Case[]): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  for (const { group, name, skip, run } of cases) {
    const outcome: Outcome & { readonly failed?: string } =
      skip !== undefined
        ? { skipped: skip }
        : await run().catch((thrown: unknown) => ({ failed: thrown instanceof Error ? thrown.message : "It failed." }));
    results.push({ group, name, ...outcome });
  }
  return results;
}
