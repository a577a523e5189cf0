import { monitorEventLoopDelay } from "node:perf_hooks";
import { readWithSdk, readWithVaultlink, REFERENCES } from "./onepassword-read.ts";
import { type ServerProcess, startServerProcess } from "./onepassword-server-process.ts";
import { report } from "./report.ts";
import { inTurn, median, ratio } from "./statistics.ts";

const ROUNDS = 3;

/** The same references from a new client on, by vaultlink and by the plain SDK: requests, time, and what else had to wait. */
export async function onePassword50(): Promise<void> {
  const server = await startServerProcess();
  const requests = { cold: Number.NaN, warm: Number.NaN, sdk: Number.NaN };
  const delays = { vaultlink: [] as number[], sdk: [] as number[] };
  const vaultlink = (): Promise<void> =>
    readWithVaultlink(server.token, async (turn) => {
      requests[turn === 0 ? "cold" : "warm"] = await server.requests();
    });
  const sdk = async (): Promise<void> => {
    await readWithSdk(server.token);
    requests.sdk = await server.requests();
  };
  try {
    const took = await inTurn(ROUNDS, {
      vaultlink: () => watched(server, delays.vaultlink, vaultlink),
      sdk: () => watched(server, delays.sdk, sdk),
    });
    report(`${REFERENCES.length} references in three of 1Password's vaults, beside the plain SDK called singly`, [
      { what: "vaultlink, login and first time", value: requests.cold, unit: "calls" },
      { what: "vaultlink, second time", value: requests.warm, unit: "calls" },
      { what: "SDK, login and first time", value: requests.sdk, unit: "calls" },
      { what: "vaultlink, twice", value: median(took.vaultlink), unit: "ms" },
      { what: "SDK, once", value: median(took.sdk), unit: "ms" },
      { what: "time, vaultlink twice / SDK once", value: ratio(took.vaultlink, took.sdk), unit: "×" },
      { what: "longest wait of the main thread, vaultlink", value: median(delays.vaultlink), unit: "ms", goal: 20 },
      { what: "longest wait of the main thread, SDK on it", value: median(delays.sdk), unit: "ms" },
    ]);
  } finally {
    await server.stop();
  }
}

/** Ms that a call took; notes the longest delay of the event loop meanwhile. */
async function watched(server: ServerProcess, delays: number[], call: () => Promise<void>): Promise<number> {
  await server.requests();
  const monitor = monitorEventLoopDelay({ resolution: 1 });
  monitor.enable();
  const begun = performance.now();
  await call();
  const took = performance.now() - begun;
  monitor.disable();
  delays.push(monitor.max / 1e6);
  return took;
}
