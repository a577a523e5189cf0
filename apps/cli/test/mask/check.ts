import { Automaton } from "../../src/mask/automaton.ts";
import { MASK, Masker } from "../../src/mask/masker.ts";
import { makeCase, random } from "./cases.ts";
import { expected, type Step } from "./oracle.ts";

/** What many random cases came to. */
export interface Checked {
  readonly cases: number;
  /** Seeds of cases whose output is not what the rule says, at most ten. */
  readonly wrong: readonly number[];
  /** The most bytes of one occurrence that were shown. */
  readonly shown: number;
  /** Cases in which something was masked. */
  readonly masked: number;
}

/** Compares the masker with the rule in so many random cases, the first of which has this seed. */
export function check(cases: number, seed: number): Checked {
  const wrong: number[] = [];
  let [shown, masked] = [0, 0];
  for (let at = 0; at < cases; at++) {
    const { patterns, steps } = makeCase(random(seed + at));
    const right = expected(patterns, steps, MASK);
    const output = mask(patterns, steps);
    if (!output.equals(right.output) && wrong.length < 10) wrong.push(seed + at);
    shown = Math.max(shown, right.shown);
    if (output.includes(Buffer.from(MASK))) masked++;
  }
  return { cases, wrong, shown, masked };
}

/** The masker's output, all of it. */
export function mask(patterns: readonly Uint8Array[], steps: readonly Step[]): Buffer {
  const masker = new Masker(new Automaton(patterns));
  const output: Uint8Array[] = [];
  for (const step of steps) output.push(...(step === "silence" ? masker.letGo() : masker.push(step)).map(copyOf));
  return Buffer.concat([...output, ...masker.end()]);
}

/** What a piece says now: parts of it may be views. */
const copyOf = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes);
