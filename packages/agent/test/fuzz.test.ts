import { expect, it } from "vitest";
import { attack } from "./fuzz/attack.ts";

it.each([1, 2, 3])("answers no forged or broken frame (a share of a million, seed %i)", (seed) => {
  const { frames, served, answered, left } = attack(10_000, seed);
  expect(frames).toBeGreaterThanOrEqual(10_000);
  expect({ served, answered, left }).toEqual({ served: 0, answered: 0, left: 0 });
});
