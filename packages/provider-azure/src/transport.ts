import { createDefaultHttpClient, type HttpClient, type PipelineRequest } from "@azure/core-rest-pipeline";
import { createAgents, findErrorCode, readBytes } from "@vaultlink/core/provider";
import { isEntra } from "./clouds.ts";
import { TOO_LARGE } from "./errors/network.ts";
import { exchangeOf, note, type Peer } from "./exchanges.ts";
import type { Settings } from "./settings.ts";

/** The SDK's own HTTP client, with the sockets of one session: kept alive between calls, and ended with it. */
export interface Transport {
  readonly client: HttpClient;
  readonly close: () => void;
}

/** Sockets at a time and host: as many as core allows calls. */
const SOCKETS = 64;

/** Bytes, unpacked. A value has 25 KB at most; a page of 25 names and what Entra says of itself are not much more. */
const MAX_BODY = 4 * 1024 * 1024;

/**
 * Makes the way to vaults and Entra. The SDK would take proxies from `process.env`, leave a request without an end, and
 * ignore the caller's signal while it signs in; here every request has its time, and ends when the session does.
 */
export function openTransport({ vaults, authority, ca, proxyEnv, requestTimeoutMs }: Settings): Transport {
  const inner = createDefaultHttpClient();
  const agents = createAgents({ ca, proxyEnv, maxSockets: SOCKETS });
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
    request.agent = protocol === "https:" ? agents.https : agents.http;
    // The client would take whatever comes, unpacked: here it is read up to a limit.
    request.streamResponseStatusCodes = new Set([Number.POSITIVE_INFINITY]);
    try {
      const { readableStreamBody, ...response } = await inner.sendRequest(request);
      const bodyAsText = readableStreamBody === undefined ? "" : await readText(readableStreamBody, ended);
      const exchange = exchangeOf(peer, response.status, response.headers, bodyAsText);
      note(peer === "vault" ? { ...exchange, asked: `${pathname}${search}` } : exchange);
      return { ...response, bodyAsText };
    } catch (thrown) {
      const code = findErrorCode(thrown);
      note({ peer, ...(code !== undefined && { code }), ...(late.aborted && { late: true }) });
      throw thrown;
    }
  };
  return {
    client: { sendRequest: send },
    close: () => {
      closing.abort();
      agents.destroy();
    },
  };
}

/** Reads a body up to a limit. Beyond it, ends the request with `ended` and throws an error with the code `TOO_LARGE`. */
async function readText(body: NodeJS.ReadableStream, ended: AbortController): Promise<string> {
  const bytes = await readBytes(body as AsyncIterable<Uint8Array | string>, MAX_BODY, () => {
    ended.abort();
    return Object.assign(new Error("The answer is too large."), { code: TOO_LARGE });
  });
  return bytes.toString("utf8");
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
