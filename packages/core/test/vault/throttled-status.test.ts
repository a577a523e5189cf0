import { expect, it } from "vitest";
import { failing, failure, SECOND, world } from "../fixture.ts";

it("tells for how long the vault asked to be left alone", async () => {
  const here = world();
  here.remote.holds.set("x", failure("throttled", { retryAfterMs: 45 * SECOND }));
  const waiting = failing(here.vault.get("X"));
  await here.clock.pass(5 * SECOND);
  await waiting;
  expect(here.vault.status().connections[0]?.throttledForMs).toBe(40 * SECOND);
  await here.clock.pass(40 * SECOND);
  expect(here.vault.status().connections[0]?.throttledForMs).toBeUndefined();
});
