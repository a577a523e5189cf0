import { expect, it } from "vitest";
import { liveInProcess, OPERATIONS } from "./live-in-process.ts";

/** A longer run asks for more, and for other ones, by variables. */
const commands = Number(process.env["VAULTLINK_TEST_AGENT_COMMANDS"] ?? 20_000);
const seed = Number(process.env["VAULTLINK_TEST_SEED"] ?? 20_260_101);

it(
  `serves five terminals as it should through ${commands} random commands (seed ${seed})`,
  { timeout: 300_000 },
  async () => {
    const report = await liveInProcess(OPERATIONS, { seed, commands });
    // A failure shows its world and its commands, as few as they get.
    expect(report).toMatchObject({ failed: false });
    expect(report.commands).toBeGreaterThanOrEqual(commands);
  },
);
