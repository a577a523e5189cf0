import { type Agents, createAgents } from "@vaultlink/core/provider";
import type { AwsClock } from "./clock.ts";
import type { Settings } from "./settings.ts";

/** The sockets of one session, kept alive between calls and ended with it, and what its clients know of AWS's clock. */
export interface Transport {
  readonly handler: RequestHandlerOptions;
  readonly clock: AwsClock;
  close(): void;
}

/** What the SDK's clients take as `requestHandler`. */
export interface RequestHandlerOptions {
  readonly httpAgent: Agents["http"];
  readonly httpsAgent: Agents["https"];
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly socketTimeout: number;
  readonly throwOnRequestTimeout: true;
}

/** Sockets at a time: eight calls, each of which reads a batch and five versions at once, and some for STS. */
const SOCKETS = 50;

export function openTransport(
  { ca, proxyEnv, connectTimeoutMs, requestTimeoutMs }: Settings,
  clock: AwsClock = { offsetMs: 0 },
): Transport {
  const agents = createAgents({ ca, proxyEnv, maxSockets: SOCKETS });
  return {
    handler: {
      httpAgent: agents.http,
      httpsAgent: agents.https,
      connectionTimeout: connectTimeoutMs,
      requestTimeout: requestTimeoutMs,
      // The other one ends with the first byte of an answer.
      socketTimeout: requestTimeoutMs,
      // Without it the SDK only prints a warning.
      throwOnRequestTimeout: true,
    },
    clock,
    close: () => agents.destroy(),
  };
}
