import { Automaton } from "./automaton.ts";
import { type Forms, patternsOf, SHORTEST } from "./patterns.ts";

/** What masks the values of one command. */
export interface Mask {
  /** Absent where no value is long enough to be masked. Made at the first call: a command may print nothing. */
  readonly automaton: (() => Automaton) | undefined;
  /** Names whose values are too short to be masked. Empty ones need no mask. */
  readonly tooShort: readonly string[];
}

/** Makes the mask of these values, by name. */
export function compileMask(values: ReadonlyMap<string, string>, forms: Forms = {}): Mask {
  const bytes = [...values].map(([name, value]) => ({ name, value: Buffer.from(value) }));
  let made: Automaton | undefined;
  const automaton = (): Automaton => (made ??= new Automaton(bytes.flatMap(({ value }) => patternsOf(value, forms))));
  return {
    automaton: bytes.some(({ value }) => value.length >= SHORTEST) ? automaton : undefined,
    tooShort: bytes.filter(({ value }) => value.length > 0 && value.length < SHORTEST).map(({ name }) => name),
  };
}
