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

const READING = /\.(?:GetSecretValue|BatchGetSecretValue|ListSecrets)$/;

/** Passes everything on to `target` on loopback, unchanged; over TLS with a certificate. */
export async function countingProxy(
  target: string,
  tls?: { readonly cert: string; readonly key: string },
): Promise<CountingProxy> {
  let requests = 0;
  let writes = 0;
  let pending = 0;
  let most = 0;
  const handle: RequestListener = (incoming, outgoing) => {
    requests += 1;
    most = Math.max(most, (pending += 1));
    outgoing.once("close", () => (pending -= 1));
    const operation = incoming.headers["x-amz-target"];
    if (typeof operation === "string" && !READING.test(operation)) writes += 1;
    void buffer(incoming).then((body) => {
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
