import { type Context, defineProvider, type Provider, SecretError, type Session } from "@vaultlink/core/provider";
import { bound } from "./kit/bound.ts";
import type { Breaking, Fault, LaterFault } from "./subject.ts";

/**
 * Any provider, behaving badly: for tests of what an application makes of it. The fault shows in `open`, except that of
 * `"lapse"`, which shows in every call after it. `"hang"` ends when the call's signal aborts.
 */
export function faulty(provider: Provider, fault: Fault): Provider {
  return defineProvider({
    ...provider,
    async open(context) {
      if (fault === "lapse") return lapsed(bound(await provider.open(context)));
      if (fault === "hang") await untilAborted(context.signal);
      throw refusal(fault);
    },
  });
}

/**
 * Any provider, on a vault that begins to misbehave when `begin` is called: what the session asks the vault then meets the
 * fault, until `end` is called.
 */
export function faultyLater(provider: Provider, fault: LaterFault): Breaking {
  let begun = false;
  const set = (is: boolean) => (): void => void (begun = is);
  const meet = async ({ signal }: Context): Promise<void> => {
    if (!begun) return;
    if (fault === "hang") await untilAborted(signal);
    throw refusal(fault);
  };
  return {
    begin: set(true),
    end: set(false),
    provider: defineProvider({
      ...provider,
      async open(context) {
        const session = bound(await provider.open(context));
        const { readMany, version, list, renew, release, revoke } = session;
        return {
          ...session,
          read: (locator, given) => meet(given).then(() => session.read(locator, given)),
          ...(readMany && { readMany: (locators, given) => meet(given).then(() => readMany(locators, given)) }),
          ...(version && { version: (locator, given) => meet(given).then(() => version(locator, given)) }),
          ...(renew && { renew: (given) => meet(given).then(() => renew(given)) }),
          ...(release && { release: (lease, given) => meet(given).then(() => release(lease, given)) }),
          ...(revoke && { revoke: (given) => meet(given).then(() => revoke(given)) }),
          ...(list && {
            async *list(query, given) {
              await meet(given);
              for await (const entry of list(query, given)) {
                yield entry;
                await meet(given);
              }
            },
          }),
        };
      },
    }),
  };
}

function lapsed(session: Session): Session {
  const refuse = (): Promise<never> => Promise.reject(refusal("bad-credentials"));
  return {
    ...session,
    read: refuse,
    ...(session.readMany && { readMany: refuse }),
    ...(session.version && { version: refuse }),
    ...(session.renew && { renew: refuse }),
    // An iteration that fails at its first step.
    ...(session.list && { list: () => ({ [Symbol.asyncIterator]: () => ({ next: refuse }) }) }),
  };
}

function refusal(fault: Fault | LaterFault): SecretError {
  switch (fault) {
    case "throttle":
      return new SecretError("throttled", "The vault asks to slow down.", { retryAfterMs: 1000 });
    case "throttle-silent":
      return new SecretError("throttled", "The vault asks to slow down.");
    case "bad-credentials":
    case "lapse":
      return new SecretError("unauthenticated", "The vault refuses these credentials.", {
        hint: "export MEMORY_TOKEN=…",
      });
    case "hang":
      return new SecretError("aborted", "The call was cancelled.");
    case "error-400":
      return new SecretError("invalid_reference", "The vault does not take such a request.");
    case "refuse":
    case "drop":
    case "html":
    case "empty-500":
    case "redirect":
    case "other-json":
    case "cut":
    case "error-503":
    case "html-403":
    case "html-404":
    case "html-503":
      return new SecretError("unavailable", "The vault could not be asked.");
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
