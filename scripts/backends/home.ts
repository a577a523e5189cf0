import { join } from "node:path";

/** Where everything goes, and where the tests look for it. */
export const HOME: string = join(import.meta.dirname, "..", "..", ".backends");

/** How an installation went: one line for the person, and whether what was wanted is there or not needed. */
export interface Outcome {
  readonly said: string;
  readonly ok: boolean;
}
