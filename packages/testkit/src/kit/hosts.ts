import { subscribe, unsubscribe } from "node:diagnostics_channel";
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

/** Runs a call, and says which hosts it sent requests to. */
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
  try {
    await calls.run(seen, call);
  } finally {
    for (const stop of listeners) stop();
  }
  return [...seen];
}

/** Whether a host is this machine. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host);
}
