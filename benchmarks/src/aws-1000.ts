import { fileURLToPath } from "node:url";
import { callsOf, startSlowAws } from "./aws-server.ts";
import type { Way } from "./aws-read.ts";
import { report, skip } from "./report.ts";
import { exists, runMeasured } from "./run-process.ts";
import { inTurn, median, ratio } from "./statistics.ts";

const TITLE = "Cold process with 1,000 names from AWS Secrets Manager at 30 ms a call, beside the plain SDK";
const NAMES = 1000;
const CALL_MS = 30;
const ROUNDS = 5;

/** The same 1,000 secrets in a process of its own each, for its memory. */
export async function aws1000(): Promise<void> {
  if (!exists("python3", "-V")) return skip(TITLE, "python3, which measures the memory, is not here");
  const program = fileURLToPath(new URL("aws-program.ts", import.meta.url));
  const server = await startSlowAws(NAMES, CALL_MS);
  const calls = new Map<Way, number>();
  const memory: Record<Way, number[]> = { vaultlink: [], singly: [], "at once": [] };
  const timed = (way: Way) => async (): Promise<number> => {
    server.log.clear();
    const command = [process.execPath, "--conditions=source", program, way, String(NAMES)];
    const { ms, mib } = await runMeasured(command, { PATH: process.env["PATH"], ...server.env });
    calls.set(way, callsOf(server));
    if (mib !== undefined) memory[way].push(mib);
    return ms;
  };
  try {
    const took = await inTurn(ROUNDS, { ours: timed("vaultlink"), theirs: timed("at once") });
    report(TITLE, [
      {
        what: "vaultlink, one of its calls asks who we are",
        value: calls.get("vaultlink") ?? Number.NaN,
        unit: "calls",
      },
      { what: "SDK, all at once", value: calls.get("at once") ?? Number.NaN, unit: "calls" },
      { what: "vaultlink", value: median(took.ours), unit: "ms" },
      { what: "SDK, all at once", value: median(took.theirs), unit: "ms" },
      { what: "time, vaultlink / SDK", value: ratio(took.ours, took.theirs), unit: "×" },
      { what: "vaultlink, peak memory", value: median(memory.vaultlink), unit: "MiB" },
      { what: "SDK, peak memory", value: median(memory["at once"]), unit: "MiB" },
      { what: "memory, vaultlink / SDK", value: ratio(memory.vaultlink, memory["at once"]), unit: "×" },
    ]);
  } finally {
    await server.stop();
  }
}
