import type { Provider } from "@vaultlink/core/provider";
import { afterEach, expect, it } from "vitest";
import { conformance } from "../src/index.ts";
import { memorySubject } from "./memory-subject.ts";
import { callMutants } from "./mutants/calls.ts";
import { contractMutants } from "./mutants/contract.ts";
import type { Mutant } from "./mutants/mutant.ts";
import { sessionMutants } from "./mutants/session.ts";
import { SKIP } from "./skip.ts";

const MUTANTS: readonly Mutant[] = [...contractMutants, ...sessionMutants, ...callMutants];

let end: (() => void) | undefined;
afterEach(() => end?.());

for (const mutant of MUTANTS) {
  it(`fails: ${mutant.fails}`, async () => {
    ({ end } = mutant);
    const subject = memorySubject(spoiled(mutant));
    const found = conformance({ ...subject, ...mutant.subject?.(subject) }).find(({ name }) => name === mutant.fails);
    expect(found, "the case exists").toBeDefined();
    await expect(found?.run()).rejects.toMatchObject({ name: "AssertionError" });
  });
}

it("has a mistake for every case that a memory vault can run", () => {
  const cases = conformance(memorySubject(), { skip: SKIP }).filter(({ skip }) => skip === undefined);
  const known = new Set(MUTANTS.map(({ fails }) => fails));
  expect(cases.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
});

function spoiled({ open, provider: change, session }: Mutant): (provider: Provider) => Provider {
  return (provider) => ({
    ...(change?.(provider) ?? provider),
    open:
      open?.(provider) ??
      (async (context) => {
        const opened = await provider.open(context);
        return { ...opened, ...session?.(opened, context) };
      }),
  });
}
