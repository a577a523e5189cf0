import { describe, expect, it } from "vitest";
import { copyWith } from "./copy-of-command.ts";
import { liveInProcess } from "./live-in-process.ts";
import { MUTANTS } from "./mutants/index.ts";

/** All are tried by a variable: that takes minutes. In CI a share of them shows that the model still notices. */
const every = process.env["VAULTLINK_TEST_ALL_MUTANTS"] === undefined ? 6 : 1;
const TRIED = MUTANTS.filter((_, at) => at % every === 0);
/** Histories in which a mistake must be noticed. */
const RUNS = 600;
const SEED = 1;

describe.concurrent("the model notices", () => {
  it.each(TRIED.map((mutant) => [mutant.name, mutant] as const))("%s", { timeout: 300_000 }, async (_name, mutant) => {
    const { root, remove } = copyWith(mutant);
    try {
      const report = await liveInProcess({ root, seed: SEED, runs: RUNS, shorten: false });
      expect(report.failed, `${report.tried} histories lived`).toBe(true);
    } finally {
      remove();
    }
  });
});
