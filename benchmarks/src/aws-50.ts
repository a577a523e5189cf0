import { callsOf, startSlowAws } from "./aws-server.ts";
import { readAws, type Way } from "./aws-read.ts";
import { report } from "./report.ts";
import { inTurn, median, ratio } from "./statistics.ts";

const NAMES = 50;
const CALL_MS = 30;
const ROUNDS = 9;

/** The same 50 secrets through vaultlink and through the plain SDK, each from a new client, at 30 ms a call. */
export async function aws50(): Promise<void> {
  const server = await startSlowAws(NAMES, CALL_MS);
  const calls = new Map<Way, number>();
  const timed = (way: Way) => async (): Promise<number> => {
    server.log.clear();
    const begun = performance.now();
    await readAws(way, NAMES, server.env);
    calls.set(way, callsOf(server));
    return performance.now() - begun;
  };
  try {
    const took = await inTurn(ROUNDS, {
      vaultlink: timed("vaultlink"),
      singly: timed("singly"),
      atOnce: timed("at once"),
    });
    report(`${NAMES} names from AWS Secrets Manager at ${CALL_MS} ms a call, beside the plain SDK`, [
      {
        what: "vaultlink, one of its calls asks who we are",
        value: calls.get("vaultlink") ?? Number.NaN,
        unit: "calls",
      },
      { what: "SDK, singly", value: calls.get("singly") ?? Number.NaN, unit: "calls" },
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
