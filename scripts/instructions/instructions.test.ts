import { expect, test } from "vitest";
import { compare } from "./compare.ts";
import { instructionsIn } from "./count.ts";

const verdict = (count: number) => compare({ hit: count }, { hit: 10_000 });

test.each([
  [10_000, true, "hit: 10,000 instructions, +0.00 %"],
  [10_300, true, "hit: 10,300 instructions, +3.00 %"],
  [10_301, false, "hit: 10,301 instructions, +3.01 %: too many"],
  [9_000, true, "hit: 9,000 instructions, −10.00 %: fewer, so renew the baselines"],
])("beside a baseline of 10,000, %i instructions pass: %s", (count, ok, said) => {
  expect(verdict(count)).toEqual([{ name: "hit", ok, said }]);
});

test("a path without a baseline fails", () => {
  expect(compare({ hit: 1 }, {})).toEqual([{ name: "hit", ok: false, said: "hit: 1 instructions, and no baseline" }]);
});

test("the count is the line of Cachegrind's that has it, and nothing else is taken for it", () => {
  expect(instructionsIn("==7== Cachegrind\n==7== \n==7== I refs:        89,412,345\n")).toBe(89_412_345);
  expect(instructionsIn("==7== I   refs:      1,000\n==7== I1  misses:   5\n")).toBe(1000);
  expect(instructionsIn("node: bad option")).toBeUndefined();
});
