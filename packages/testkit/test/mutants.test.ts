import { expect, it } from "vitest";
import { conformance } from "../src/index.ts";
import { mutants, runMutant } from "../src/mutants/index.ts";
import { memorySubject } from "./memory-subject.ts";
import { SKIP } from "./skip.ts";

// Long for what hangs, and no bound for what does not: a case that must fail does so by itself.
const HANGS = new Set(["never ends `close`"]);

for (const mutant of mutants) {
  it(`catches a provider that ${mutant.name}`, async () => {
    const limit = HANGS.has(mutant.name) ? { timeLimitMs: 2000 } : {};
    const { caught, missed } = await runMutant(memorySubject(), mutant, { skip: SKIP, ...limit });
    expect(missed).toEqual([]);
    expect(caught.map(({ name }) => name).toSorted()).toEqual([...mutant.caughtBy].toSorted());
  });
}

it("has a mutant for every case that a memory vault can run", async () => {
  const known = new Set<string>(mutants.flatMap(({ caughtBy }) => caughtBy));
  const cases = conformance(memorySubject(), { skip: SKIP }).filter(({ skip }) => skip === undefined);
  const applying = [];
  for (const { name, run } of cases) if ((await run()).skipped === undefined) applying.push(name);
  expect(applying.filter((name) => !known.has(name))).toEqual([]);
});
