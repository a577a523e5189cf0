import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { turns } from "./bounded.ts";
import { type Scope, scope } from "./scope.ts";

/** What Node tells about requests and connections. https://nodejs.org/api/diagnostics_channel.html#built-in-channels */
const CHANNELS: ReadonlyArray<readonly [channel: string, what: string]> = [
  ["net.client.socket", "opened a connection"],
  ["http.client.request.start", "sent an HTTP request"],
  ["undici:request:create", "sent an HTTP request with `fetch`"],
];

const calls: Scope<Set<string>> = scope();

/** Runs a call, and says which connections and requests it caused, a few turns later included. */
export async function reachingOut(call: () => void): Promise<string[]> {
  const seen = new Set<string>();
  const listeners = CHANNELS.map(([channel, what]) => [channel, (): void => void calls.current()?.add(what)] as const);
  for (const [channel, listener] of listeners) subscribe(channel, listener);
  try {
    await calls.run(seen, async () => {
      call();
      // `fetch` connects in a later turn.
      await turns();
    });
  } finally {
    for (const [channel, listener] of listeners) unsubscribe(channel, listener);
  }
  return [...seen];
}
