import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
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
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly socketTimeout: number;
  readonly throwOnRequestTimeout: true;
}

/** Sockets at a time: core allows eight calls, each of which reads a batch and five versions at once, and some for STS. */
const SOCKETS = 50;

export function openTransport(
  { ca, proxyEnv, connectTimeoutMs, requestTimeoutMs }: Settings,
  clock: AwsClock = { offsetMs: 0 },
): Transport {
  const httpAgent = new HttpAgent({ keepAlive: true, maxSockets: SOCKETS });
  const httpsAgent = new HttpsAgent({
    keepAlive: true,
    maxSockets: SOCKETS,
    // Said here, NODE_TLS_REJECT_UNAUTHORIZED=0 does not count.
    rejectUnauthorized: true,
    ...(ca !== undefined && { ca: [...ca] }),
    ...(proxyEnv !== undefined && { proxyEnv }),
  });
  return {
    handler: {
      httpAgent,
      httpsAgent,
      connectionTimeout: connectTimeoutMs,
      requestTimeout: requestTimeoutMs,
      // The other one ends with the first byte of an answer.
      socketTimeout: requestTimeoutMs,
      // Without it the SDK only prints a warning.
      throwOnRequestTimeout: true,
    },
    clock,
    close: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}
