import { describe, expect, it } from "vitest";
import { parseMinutes } from "../../src/time/duration.ts";

describe("minutes", () => {
  it.each([
    [45, 45],
    [0, 0],
    [-0, 0],
    ["45", 45],
    [" 45 ", 45],
    ["90m", 90],
    ["90 m", 90],
    ["90min", 90],
    ["2h", 120],
    ["007", 7],
    ["8760h", 525_600],
    [525_600, 525_600],
  ])("%j are %i", (given, minutes) => {
    expect(parseMinutes(given)).toBe(minutes);
  });

  it.each([
    -1,
    1.5,
    Number.NaN,
    Infinity,
    1e9,
    1e21,
    525_601,
    "",
    " ",
    "m",
    "-5",
    "+5",
    "1.5h",
    "1e3",
    "0x10",
    "2d",
    "90s",
    "1h30m",
    "90M",
    "90  m",
    "8761h",
    "99999999",
    "\u0664\u0665",
  ])("%j are none", (given) => {
    expect(parseMinutes(given)).toBeUndefined();
  });
});
