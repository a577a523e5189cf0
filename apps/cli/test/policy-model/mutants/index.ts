import { commandMutants } from "./commands.ts";
import type { Mutant } from "./mutant.ts";
import { policyMutants } from "./policy.ts";

/** Every mistake that the model must notice. */
export const MUTANTS: readonly Mutant[] = [...policyMutants, ...commandMutants];
