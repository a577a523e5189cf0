import { createHttpsAgent } from "@vaultlink/core/provider";
import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { readText, type Transport } from "./http.ts";
import type { TlsSettings } from "./tls.ts";

/** What `node:http` and `node:https` have in common. */
interface Sender {
  start(uri: string, options: RequestOptions): ClientRequest;
  destroy(): void;
}

/**
 * The usual transport. Node's own client loads faster than the global `fetch` and takes half its memory at the first
 * request (measured); it follows no redirect, and takes certificates and proxies of a connection's own.
 */
export async function nodeTransport(address: string, settings: TlsSettings | undefined): Promise<Transport> {
  const sender = address.startsWith("https:") ? await secureSender(settings) : plainSender();
  return {
    send: async ({ uri, method, headers, body, signal }) => {
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
      const request = sender.start(uri, { method, headers: { ...headers }, signal });
      request.once("response", resolve);
      // Stays, since the socket may fail again after the answer began.
      request.on("error", reject);
      request.end(body);
      const response = await promise;
      return {
        status: response.statusCode ?? 0,
        ...(await readText(response)),
        header: (name) => {
          const held = response.headers[name];
          return Array.isArray(held) ? held[0] : held;
        },
      };
    },
    close: () => sender.destroy(),
  };
}

async function secureSender(settings: TlsSettings | undefined): Promise<Sender> {
  const { request } = await import("node:https");
  const agent = createHttpsAgent(settings);
  return { start: (uri, options) => request(uri, { ...options, agent }), destroy: () => agent.destroy() };
}

/** Loopback only: no certificates, and a proxy would see the token. */
function plainSender(): Sender {
  // As a module it would load all of the global `fetch`, which it names among its exports: 20 ms (measured).
  const { Agent, request } = process.getBuiltinModule("node:http");
  const agent = new Agent({ keepAlive: true });
  return { start: (uri, options) => request(uri, { ...options, agent }), destroy: () => agent.destroy() };
}
