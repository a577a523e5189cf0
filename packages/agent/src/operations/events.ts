import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Call } from "../server/call.ts";

/** What core tells of: states of connections, reads, sign-ins, retries, and answers from the cache. Never a value. */
const CHANNELS = ["state", "open", "read", "cache", "retry"] as const;

/** Tells the client what happens to connections and values, until it ends the subscription. */
export function followEvents(call: Call): Promise<object> {
  call.isSubscription = true;
  const followers = CHANNELS.map((kind) => {
    const listener = (message: unknown): void => call.tell({ event: { kind, ...(message as object) } });
    subscribe(`vaultlink:${kind}`, listener);
    return () => void unsubscribe(`vaultlink:${kind}`, listener);
  });
  return new Promise((resolve) => {
    const end = (): void => {
      for (const unfollow of followers) unfollow();
      resolve({});
    };
    if (call.signal.aborted) end();
    else call.signal.addEventListener("abort", end, { once: true });
  });
}
