import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { createDefaultHttpClient, type HttpClient, type PipelineRequest } from "@azure/core-rest-pipeline";
import { isEntra } from "./clouds.ts";
import { exchangeOf } from "./exchange-of.ts";
import { note, type Peer } from "./exchanges.ts";
import { readBody } from "./read-body.ts";
import type { Settings } from "./settings.ts";

/** The SDK's own HTTP client, with the sockets of one session: kept alive between calls, and ended with it. */
export interface Transport {
  readonly client: HttpClient;
  readonly close: () => void;
}

/** Sockets at a time and host: core allows eight calls. */
const SOCKETS = 16;

/**
 * Makes the way to vaults and Entra. The SDK would take proxies from `process.env`, leave a request without an end, and
 * ignore the caller's signal while it signs in; here every request has its time, and ends when the session does.
 */
export function openTransport({ vaults, authority, ca, proxyEnv, requestTimeoutMs }: Settings): Transport {
  const inner = createDefaultHttpClient();
  const plain = new HttpAgent({ keepAlive: true, maxSockets: SOCKETS });
  const secure = new HttpsAgent({
    keepAlive: true,
    maxSockets: SOCKETS,
    // Said here, since NODE_TLS_REJECT_UNAUTHORIZED=0 would else switch it off.
    rejectUnauthorized: true,
    ...(ca !== undefined && { ca: [...ca] }),
    ...(proxyEnv !== undefined && { proxyEnv }),
  });
  const closing = new AbortController();
  const origins: ReadonlyMap<string, Peer> = new Map([
    [new URL(authority).origin, "entra"],
    ...vaults.map(({ url }) => [url, "vault"] as const),
  ]);

  const send = async (request: PipelineRequest): Promise<Awaited<ReturnType<HttpClient["sendRequest"]>>> => {
    const { origin, protocol, hostname, pathname, search } = new URL(request.url);
    const peer = origins.get(origin) ?? (isEntra(hostname) ? "entra" : "platform");
    const late = AbortSignal.timeout(requestTimeoutMs);
    const own = request.abortSignal instanceof AbortSignal ? [request.abortSignal] : [];
    const ended = new AbortController();
    request.abortSignal = AbortSignal.any([...own, late, closing.signal, ended.signal]);
    request.agent = protocol === "https:" ? secure : plain;
    // The client would take whatever comes, unpacked: here it is read up to a limit.
    request.streamResponseStatusCodes = new Set([Number.POSITIVE_INFINITY]);
    try {
      const { readableStreamBody, ...response } = await inner.sendRequest(request);
      const bodyAsText = await readBody(readableStreamBody, () => ended.abort());
      const exchange = exchangeOf(peer, response.status, response.headers, bodyAsText);
      note(peer === "vault" ? { ...exchange, asked: `${pathname}${search}` } : exchange);
      return { ...response, bodyAsText };
    } catch (thrown) {
      const code = (thrown as { readonly code?: unknown }).code;
      note({ peer, ...(typeof code === "string" && { code }), ...(late.aborted && { late: true }) });
      throw thrown;
    }
  };
  return {
    client: { sendRequest: send },
    close: () => {
      closing.abort();
      plain.destroy();
      secure.destroy();
    },
  };
}

/** What every client of the SDK is made with: one attempt a call, and no redirect. */
export interface PipelineOptions {
  readonly httpClient: HttpClient;
  readonly retryOptions: { readonly maxRetries: 0 };
  readonly redirectOptions: { readonly maxRetries: 0 };
}

export function pipelineOptions({ client }: Pick<Transport, "client">): PipelineOptions {
  return { httpClient: client, retryOptions: { maxRetries: 0 }, redirectOptions: { maxRetries: 0 } };
}
