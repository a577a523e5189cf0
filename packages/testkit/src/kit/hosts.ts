import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Socket } from "node:net";
import { type Scope, scope } from "./scope.ts";

const calls: Scope<Set<string>> = scope();

/** Where the channels of Node and of undici say whom a request is for. */
const CHANNELS: ReadonlyArray<readonly [channel: string, host: (message: never) => unknown]> = [
  ["http.client.request.start", ({ request }: { readonly request: { readonly host?: unknown } }) => request.host],
  [
    "undici:request:create",
    ({ request }: { readonly request: { readonly origin?: unknown } }) => URL.parse(String(request.origin))?.hostname,
  ],
];

/** Runs a call, and says which hosts it connected to, or sent requests to by a proxy. */
export async function hostsOf(call: () => Promise<void>): Promise<readonly string[]> {
  const seen = new Set<string>();
  const listeners = CHANNELS.map(([channel, hostOf]) => {
    const listener = (message: unknown): void => {
      const host = hostOf(message as never);
      if (typeof host === "string") calls.current()?.add(host);
    };
    subscribe(channel, listener);
    return () => unsubscribe(channel, listener);
  });
  const { connect } = Socket.prototype;
  Socket.prototype.connect = Object.assign(function (this: Socket, ...given: unknown[]): Socket {
    const host = hostIn(given);
    if (host !== undefined) calls.current()?.add(host);
    return Reflect.apply(connect, this, given) as Socket;
  }, connect);
  try {
    await calls.run(seen, call);
  } finally {
    Socket.prototype.connect = connect;
    for (const stop of listeners) stop();
  }
  return [...seen];
}

/** The host that a socket connects to; `undefined` for a pipe. https://nodejs.org/api/net.html#socketconnect */
function hostIn(given: readonly unknown[]): string | undefined {
  // Node's own `connect` hands on a list.
  const [first, second] = (Array.isArray(given[0]) ? given[0] : given) as readonly unknown[];
  if (typeof first === "number") return typeof second === "string" ? second : "localhost";
  const { host, path, port } = (first ?? {}) as { host?: unknown; path?: unknown; port?: unknown };
  if (typeof path === "string" || port === undefined) return undefined;
  return typeof host === "string" ? host : "localhost";
}

/** Whether a host is this machine. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host);
}
