import { expect, it } from "vitest";
import { exactVariable, isSwitchedOn, variable } from "../../src/provider.ts";

const env = { BLANK: "  ", EMPTY: "", HOME: " /home/me ", OTHER: "other" };

it.each([
  [["HOME"], "/home/me"],
  [["EMPTY", "BLANK", "MISSING", "OTHER", "HOME"], "other"],
  [["EMPTY", "BLANK", "MISSING"], undefined],
  [[], undefined],
])("of %j the first that holds something counts, without blanks around it", (names, right) => {
  expect(variable(env, ...names)).toBe(right);
});

it.each([
  [["HOME"], " /home/me "],
  [["EMPTY", "BLANK", "OTHER"], "  "],
  [["EMPTY", "MISSING"], undefined],
])("of %j the first that is not empty counts to the letter where it is a secret", (names, right) => {
  expect(exactVariable(env, ...names)).toBe(right);
});

it.each([
  ["true", undefined, true],
  ["TRUE", undefined, true],
  ["1", undefined, false],
  ["1", ["true", "1"], true],
  ["yes", ["true", "1"], false],
  ["", undefined, false],
  [undefined, undefined, false],
])("a switch that says %j is on by the words %j: %j", (text, words, right) => {
  expect(isSwitchedOn(text, words)).toBe(right);
});
