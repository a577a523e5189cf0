import { expect, it } from "vitest";
import { BEFORE, race } from "./race/race.ts";

it.each(BEFORE)("of clients that start at the same time, all get the same agent (before: %s)", async (before) => {
  expect(await race(6, before)).toEqual({ failures: [], agents: 1, leftovers: [] });
});
