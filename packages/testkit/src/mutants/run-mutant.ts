import type { CaseName } from "../case-names.ts";
import type { ConformanceOptions } from "../case.ts";
import { conformance } from "../conformance.ts";
import type { Subject } from "../subject.ts";
import { type Mutant, unchangedFor } from "./mutant.ts";

/** What became of a mutant. */
export interface MutantResult {
  /** Cases that failed, as they must, and what they said. */
  readonly caught: ReadonlyArray<{ readonly name: CaseName; readonly message: string }>;
  /** Cases that passed: the kit sees nothing wrong with this mutant of your provider. */
  readonly missed: readonly CaseName[];
  /** Cases that do not apply to your provider, or to it with this wrong since it has nothing of the kind, and why. */
  readonly skipped: ReadonlyArray<{ readonly name: CaseName; readonly reason: string }>;
}

/** Runs the cases that must catch a mutant of your provider. `subject` is that of the good one. */
export async function runMutant(
  subject: Subject,
  mutant: Mutant,
  options: ConformanceOptions = {},
): Promise<MutantResult> {
  const result = { caught: [], missed: [], skipped: [] } as {
    -readonly [Key in keyof MutantResult]: Array<MutantResult[Key][number]>;
  };
  try {
    const wanted = new Set<string>(mutant.caughtBy);
    const spoilt = mutant.spoil(subject);
    for (const { name, skip, run } of conformance(spoilt, options)) {
      if (!wanted.has(name)) continue;
      if (skip !== undefined) result.skipped.push({ name, reason: skip });
      else await note(name, run, result);
    }
    const reason = result.caught.length === 0 ? unchangedFor(spoilt) : undefined;
    if (reason !== undefined) result.skipped.push(...result.missed.splice(0).map((name) => ({ name, reason })));
  } finally {
    mutant.end?.();
  }
  return result;
}

async function note(
  name: CaseName,
  run: () => Promise<{ readonly skipped?: string }>,
  result: { -readonly [Key in keyof MutantResult]: Array<MutantResult[Key][number]> },
): Promise<void> {
  try {
    const { skipped } = await run();
    if (skipped === undefined) result.missed.push(name);
    else result.skipped.push({ name, reason: skipped });
  } catch (thrown) {
    result.caught.push({ name, message: thrown instanceof Error ? thrown.message : "It failed." });
  }
}
