import { expect, it } from "vitest";
import { openWorld } from "../../test/context.ts";
import { doctor } from "../commands/doctor/doctor.ts";
import { loadConfiguration } from "../config/load.ts";
import { whyNoAgent } from "./open.ts";

it.each([
  [{ CI: "1" }, "CI is set"],
  [{ CI: "1", VAULTLINK_AGENT: "off" }, "VAULTLINK_AGENT is off"],
  [{ CI: "1", VAULTLINK_AGENT: "on" }, undefined],
])("why commands do without the agent: %o", async (env, why) => {
  const context = await openWorld({}, { env });
  expect(whyNoAgent(context, await loadConfiguration(context))).toBe(why);
});

it("doctor says why commands do without the agent, and what helps", async () => {
  const context = await openWorld({}, { env: { CI: "1" } });
  expect((await doctor(context, undefined)).json).toMatchObject({
    findings: expect.arrayContaining([
      {
        check: "agent",
        state: "skipped",
        message: "not used here, since CI is set: each command signs in by itself",
        hint: "export VAULTLINK_AGENT=on",
      },
    ]) as unknown,
  });
});
