import { type AwsStandIn, startAws } from "@vaultlink/stand-ins";

/** A stand-in with so many secrets, each call of which takes so long. */
export async function startSlowAws(count: number, afterMs: number): Promise<AwsStandIn> {
  const server = await startAws();
  for (let index = 0; index < count; index++) server.put(`app/bench/${index}`, `vlcanary-bench-${index}`);
  server.fault({ on: "*", kind: "slow", afterMs });
  return server;
}

/** Calls so far, whatever they asked. */
export function callsOf(server: AwsStandIn): number {
  return Object.values(server.log.counts).reduce((sum, count) => sum + count, 0);
}
