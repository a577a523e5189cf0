import { expect, it } from "vitest";
import { CORE } from "./copy-of-core.ts";
import { liveInProcess } from "./live-in-process.ts";

const PROCESSES = 2;
/** Of all processes together. The nightly run asks for more, and for other ones, by variables; a first look for fewer. */
const total = Number(process.env["VAULTLINK_TEST_COMMANDS"] ?? 1_000_000);
const commands = total / PROCESSES;
const seed = Number(process.env["VAULTLINK_TEST_SEED"] ?? 20_260_101);

it(`holds every invariant through ${total} random commands (seed ${seed})`, { timeout: 600_000 }, async () => {
  const reports = await Promise.all(
    Array.from({ length: PROCESSES }, (_, index) => liveInProcess(CORE, { seed: seed + index, commands })),
  );
  for (const report of reports) {
    // A failure shows its seed, its world and its commands, as short as they get.
    expect(report).toMatchObject({ failed: false });
    expect(report.commands).toBeGreaterThanOrEqual(commands);
  }
});
