import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";

/** How a listener is reached. */
export interface ListenOptions {
  /** A free one by default. */
  readonly port?: number;
  /** Certificate and key, PEM, for those that must be `https`. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Host names it answers to beside those of loopback; `*.` at the beginning stands for any. */
  readonly hosts?: readonly string[];
}

/** A listener on loopback. */
export interface Listener {
  /** `http://127.0.0.1:<port>`, or `https` */
  readonly url: string;
  readonly port: number;
  /** Ends every connection, answered or not. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1. */
export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  { port = 0, tls }: ListenOptions = {},
): Promise<Listener> {
  const server: Server = tls ? createTlsServer(tls, handle) : createServer(handle);
  // A vault keeps its connections open; a stand-in must not end one in the middle of a test.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const bound = (server.address() as AddressInfo).port;
  return { url: `${tls ? "https" : "http"}://127.0.0.1:${bound}`, port: bound, close: () => close(server) };
}

/** Whether a request was meant for this port on this machine, or for a name that it answers to. */
export function isOwnHost(host: string | undefined, port: number, others: readonly string[] = []): boolean {
  if (host === `127.0.0.1:${port}` || host === `localhost:${port}`) return true;
  const name = host?.replace(/:\d+$/, "") ?? "";
  return others.some((other) => name === other || (other.startsWith("*.") && name.endsWith(other.slice(1))));
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
