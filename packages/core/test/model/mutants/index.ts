import { cacheMutants } from "./cache.ts";
import { callMutants } from "./calls.ts";
import { lifecycleMutants } from "./lifecycle.ts";
import type { Mutant } from "./mutant.ts";

/** Every mistake that the model must notice. */
export const MUTANTS: readonly Mutant[] = [...cacheMutants, ...lifecycleMutants, ...callMutants];
