import { expect, it } from "vitest";
import { CORE } from "./copy-of-core.ts";
import { liveInProcess } from "./live-in-process.ts";

/** The nightly run asks for more, and for other ones, by variables: a fiftieth of what the model of reads lives. */
const commands = Number(process.env["VAULTLINK_TEST_COMMANDS"] ?? 1_000_000) / 50;
const seed = Number(process.env["VAULTLINK_TEST_SEED"] ?? 20_260_101);

it(`carries programs through values that change (seed ${seed})`, { timeout: 600_000 }, async () => {
  const report = await liveInProcess(CORE, { seed, commands, model: "changes/run.ts" });
  expect(report).toMatchObject({ failed: false });
  expect(report.commands).toBeGreaterThanOrEqual(commands);
});
