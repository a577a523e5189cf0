import { followDiagnostics } from "@vaultlink/core/internal";
import type { Call } from "../server/call.ts";

/** Tells the client what happens to connections and values, until it ends the subscription. Never a value. */
export function followEvents(call: Call): Promise<object> {
  call.isSubscription = true;
  const unfollow = followDiagnostics((kind, diagnostic) => call.tell({ event: { kind, ...diagnostic } }));
  return new Promise((resolve) => {
    const end = (): void => {
      unfollow();
      resolve({});
    };
    if (call.signal.aborted) end();
    else call.signal.addEventListener("abort", end, { once: true });
  });
}
