import { answerMutants } from "./answers.ts";
import { askingMutants } from "./asking.ts";
import { batchMutants } from "./batch.ts";
import { carelessMutants } from "./careless.ts";
import { conductMutants } from "./conduct.ts";
import { contractMutants } from "./contract.ts";
import { credentialMutants } from "./credentials.ts";
import { forgetfulMutants } from "./forgetful.ts";
import { inexactMutants } from "./inexact.ts";
import { leakingMutants } from "./leaking.ts";
import { listMutants } from "./list.ts";
import { losingMutants } from "./losing.ts";
import type { Mutant } from "./mutant.ts";
import { pluginMutants } from "./plugin.ts";
import { readingMutants } from "./reading.ts";
import { refusingMutants } from "./refusing.ts";
import { rememberingMutants } from "./remembering.ts";
import { sessionMutants } from "./session.ts";
import { unseenMutants } from "./unseen.ts";

export type { Mutant } from "./mutant.ts";
export { type MutantResult, runMutant } from "./run-mutant.ts";

/** Broken providers, each made from a good one: what authors get wrong, and the cases that catch it. */
export const mutants: readonly Mutant[] = [
  ...contractMutants,
  ...conductMutants,
  ...readingMutants,
  ...refusingMutants,
  ...leakingMutants,
  ...batchMutants,
  ...sessionMutants,
  ...listMutants,
  ...credentialMutants,
  ...askingMutants,
  ...pluginMutants,
  ...carelessMutants,
  ...inexactMutants,
  ...rememberingMutants,
  ...answerMutants,
  ...forgetfulMutants,
  ...losingMutants,
  ...unseenMutants,
];
