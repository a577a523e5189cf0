import { Automaton } from "./automaton.ts";
import { type Forms, patternsOf, SHORTEST } from "./patterns.ts";

/** What masks the values of one command. */
export interface Mask {
  /** Absent where no value is long enough to be masked. */
  readonly automaton: Automaton | undefined;
  /** Names whose values are too short to be masked. Empty ones need no mask. */
  readonly tooShort: readonly string[];
}

/** Makes the mask of these values, by name. */
export function compileMask(values: ReadonlyMap<string, string>, forms: Forms = {}): Mask {
  const bytes = [...values].map(([name, value]) => ({ name, value: Buffer.from(value) }));
  const patterns = bytes.flatMap(({ value }) => patternsOf(value, forms));
  return {
    automaton: patterns.length === 0 ? undefined : new Automaton(patterns),
    tooShort: bytes.filter(({ value }) => value.length > 0 && value.length < SHORTEST).map(({ name }) => name),
  };
}
