import { expect, it } from "vitest";
import { liveInProcess } from "./live-in-process.ts";

/** More, and other ones, are lived by variables; far more by `run.ts`. */
const commands = Number(process.env["VAULTLINK_TEST_POLICY_COMMANDS"] ?? 2000);
const seed = Number(process.env["VAULTLINK_TEST_SEED"] ?? 20_260_101);

it(`keeps to the policy through ${commands} random commands (seed ${seed})`, { timeout: 600_000 }, async () => {
  const report = await liveInProcess({ seed, commands });
  // A failure shows its seed, its machine and its commands, as short as they get.
  expect(report).toMatchObject({ failed: false });
  expect(report.commands).toBeGreaterThanOrEqual(commands);
});
