import { defineProvider, type Provider, SecretError, type Session } from "@vaultlink/core/provider";
import type { Fault } from "./subject.ts";

/**
 * Any provider, behaving badly: for tests of what an application makes of it. The fault shows in `open`, except that of
 * `"lapse"`, which shows in every call after it. `"hang"` ends when the call's signal aborts.
 */
export function faulty(provider: Provider, fault: Fault): Provider {
  return defineProvider({
    ...provider,
    async open(context) {
      if (fault === "lapse") return lapsed(await provider.open(context));
      if (fault === "hang") await untilAborted(context.signal);
      throw refusal(fault);
    },
  });
}

function lapsed(session: Session): Session {
  const refuse = (): Promise<never> => Promise.reject(refusal("bad-credentials"));
  return {
    ...session,
    read: refuse,
    ...(session.readMany && { readMany: refuse }),
    ...(session.renew && { renew: refuse }),
  };
}

function refusal(fault: Fault): SecretError {
  switch (fault) {
    case "throttle":
      return new SecretError("throttled", "The vault asks to slow down.", { retryAfterMs: 1000 });
    case "bad-credentials":
    case "lapse":
      return new SecretError("unauthenticated", "The vault refuses these credentials.", {
        hint: "export MEMORY_TOKEN=…",
      });
    case "hang":
      return new SecretError("aborted", "The call was cancelled.");
    case "refuse":
    case "drop":
    case "html":
    case "empty-500":
    case "redirect":
      return new SecretError("unavailable", "The vault could not be asked.");
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
