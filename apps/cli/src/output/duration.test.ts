import { expect, it } from "vitest";
import { shownDuration } from "./duration.ts";

it.each([
  [-5, "0 s"],
  [0, "0 s"],
  [1_400, "1 s"],
  [89_000, "89 s"],
  [90_000, "2 min"],
  [59 * 60_000, "59 min"],
  [60 * 60_000, "1 h"],
  [125 * 60_000, "2 h 5 min"],
  [48 * 3_600_000, "2 d"],
  [76 * 3_600_000, "3 d 4 h"],
])("%i ms: %s", (ms, text) => {
  expect(shownDuration(ms)).toBe(text);
});
