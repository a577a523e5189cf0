import { type AzureStandIn, startAzure } from "@vaultlink/stand-ins";
import { type AzureWay, type BenchSecret, readAzure } from "./azure-read.ts";
import { report } from "./report.ts";
import { inTurn, median, ratio } from "./statistics.ts";

const NAMES = 50;
const VAULTS = ["app", "shared", "third"];
const CALL_MS = 30;
const ROUNDS = 9;

/** The same 50 secrets of 3 key vaults through vaultlink and through the plain SDK, each from new clients, at 30 ms a call. */
export async function azure50(): Promise<void> {
  const server = await startAzure();
  const secrets = Array.from({ length: NAMES }, (_, index) => put(server, VAULTS[index % VAULTS.length] ?? "", index));
  server.fault({ on: "*", kind: "slow", afterMs: CALL_MS });
  const calls = new Map<AzureWay, number>();
  const timed = (way: AzureWay) => async (): Promise<number> => {
    server.log.clear();
    const begun = performance.now();
    await readAzure(way, secrets, server);
    const took = performance.now() - begun;
    calls.set(way, server.log.count());
    return took;
  };
  const callsOf = (way: AzureWay): number => calls.get(way) ?? Number.NaN;
  try {
    const took = await inTurn(ROUNDS, {
      vaultlink: timed("vaultlink"),
      singly: timed("singly"),
      atOnce: timed("at once"),
    });
    report(`${NAMES} names from ${VAULTS.length} key vaults at ${CALL_MS} ms a call, beside the plain SDK`, [
      {
        what: "vaultlink, eight at a time: a challenge a vault, two to sign in",
        value: callsOf("vaultlink"),
        unit: "calls",
      },
      { what: "SDK, one after another", value: callsOf("singly"), unit: "calls" },
      { what: "SDK, all at once", value: callsOf("at once"), unit: "calls" },
      { what: "vaultlink", value: median(took.vaultlink), unit: "ms" },
      { what: "SDK, one after another", value: median(took.singly), unit: "ms" },
      { what: "SDK, all at once", value: median(took.atOnce), unit: "ms" },
      { what: "time, vaultlink / SDK one after another", value: ratio(took.vaultlink, took.singly), unit: "×" },
      { what: "time, vaultlink / SDK all at once", value: ratio(took.vaultlink, took.atOnce), unit: "×" },
    ]);
  } finally {
    await server.stop();
  }
}

function put(server: AzureStandIn, vault: string, index: number): BenchSecret {
  // In the vault `shared` only what begins so may be read.
  const name = `token-bench-${index}`;
  server.put(`${vault}/${name}`, `vlcanary-bench-${index}`);
  return { vaultUrl: server.vaults[vault] ?? "", name };
}
