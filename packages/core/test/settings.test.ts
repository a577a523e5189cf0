import { describe, expect, it } from "vitest";
import { parseMinutes } from "../src/settings.ts";
import { throwing, world } from "./fixture.ts";

it("what the vault's options cannot mean is refused when it is made", () => {
  const refused = [
    { cache: { staleOnError: 24 * 60 + 1 } },
    { cache: { staleOnError: -1 } },
    { limits: { deadlineMs: 0 } },
    { limits: { concurrency: 1.5 } },
    { limits: { attemptMs: Number.NaN } },
    { connections: { "Not A Name": world().remote.provider } },
    { connections: { https: world().remote.provider } },
    { env: undefined as unknown as Record<string, string> },
    { links: { "c://x": "c://x" } },
  ];
  for (const options of refused) expect(throwing(() => world(options)).code).toBe("invalid_config");
});

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
