import { describe, expect, it } from "vitest";
import { copyWith } from "./copy-of-core.ts";
import { liveInProcess } from "./live-in-process.ts";
import { MUTANTS } from "./mutants/index.ts";

/** Histories in which a mistake must be noticed. */
const RUNS = 1000;
const SEED = 1;

describe.concurrent("the model notices", () => {
  it.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))(
    "%s",
    { timeout: 300_000 },
    async (_name, mutant) => {
      const { model = "run.ts" } = mutant;
      const { url, remove } = copyWith(mutant);
      try {
        const report = await liveInProcess(url, { seed: SEED, runs: RUNS, shorten: false, model });
        expect(report.failed, `${report.tried} histories lived`).toBe(true);
      } finally {
        remove();
      }
    },
  );
});
