import { cacheMutants } from "./cache.ts";
import { callMutants } from "./calls.ts";
import { changeMutants } from "./changes.ts";
import { lifecycleMutants } from "./lifecycle.ts";
import type { Mutant } from "./mutant.ts";

/** Every mistake that the models must notice. */
export const MUTANTS: readonly Mutant[] = [...cacheMutants, ...lifecycleMutants, ...callMutants, ...changeMutants];
