import { createServer, request, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A server in front of another one, which counts what passes. */
export interface CountingProxy {
  readonly url: string;
  requests(): number;
  /** Calls of Secrets Manager that are no reading ones. */
  writes(): number;
  /** Connections that were made to it. */
  connections(): number;
  /** Requests that are under way. */
  pending(): number;
  /** The most that were under way at a time. */
  most(): number;
  stop(): Promise<void>;
}

const READING = /\.(?:GetSecretValue|BatchGetSecretValue|DescribeSecret|ListSecrets)$/;

export interface CountingProxyOptions {
  /** Serves over TLS. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Holds the first calls of Secrets Manager until so many are here, so that no slow machine hides how many come at once. */
  readonly crowd?: number;
}

/** Passes everything on to `target` on loopback, unchanged. */
export async function countingProxy(
  target: string,
  { tls, crowd = 1 }: CountingProxyOptions = {},
): Promise<CountingProxy> {
  let requests = 0;
  let writes = 0;
  let pending = 0;
  let most = 0;
  let held = 0;
  const { promise: gathered, resolve: release } = Promise.withResolvers<void>();
  const handle: RequestListener = (incoming, outgoing) => {
    requests += 1;
    most = Math.max(most, (pending += 1));
    outgoing.once("close", () => (pending -= 1));
    const operation = incoming.headers["x-amz-target"];
    if (typeof operation === "string" && !READING.test(operation)) writes += 1;
    if (typeof operation === "string") held += 1;
    if (held >= crowd) release();
    const free = typeof operation === "string" ? gathered : Promise.resolve();
    void Promise.all([buffer(incoming), free]).then(([body]) => {
      const { method, url } = incoming;
      const headers = { ...incoming.headers, host: new URL(target).host };
      const onward = request(new URL(url ?? "/", target), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.once("error", () => outgoing.destroy());
      onward.end(body);
    });
  };
  const server = tls === undefined ? createServer(handle) : createTlsServer(tls, handle);
  let connections = 0;
  server.on(tls === undefined ? "connection" : "secureConnection", () => (connections += 1));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    writes: () => writes,
    connections: () => connections,
    pending: () => pending,
    most: () => most,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
