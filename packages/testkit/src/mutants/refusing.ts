import { type Context, isSecretError, SecretError, type Session } from "@vaultlink/core/provider";
import { as, instead } from "./instead.ts";
import { type Difference, type Mutant, mutantsOf, reading, without } from "./mutant.ts";

const CANARY = "vlcanary-of-the-kit";
const neverEnding = new AbortController().signal;
let sent: string[] = [];

/** A session whose calls are told of no abort. */
function deaf(name: "read" | "readMany" | "list"): NonNullable<Difference["session"]> {
  return (session) => {
    if (session[name] === undefined) return without(name);
    const unheard = (context: Context): Context => ({ ...context, signal: neverEnding });
    const { read, readMany, list } = session;
    return {
      ...(name === "read" && { read: (locator, context) => read(locator, unheard(context)) }),
      ...(name === "readMany" && readMany && { readMany: (locators, context) => readMany(locators, unheard(context)) }),
      ...(name === "list" && list && { list: (query, context) => list(query, unheard(context)) }),
    } satisfies Partial<Session>;
  };
}

/** How it fails, and how it is stopped. */
export const refusingMutants: readonly Mutant[] = mutantsOf({
  "gives an empty document for what is missing": {
    caughtBy: ["says `not_found` for what does not exist"],
    session: reading((read, ...given) => read(...given).catch(() => ({ value: "" }))),
  },
  "gives `null` for what is missing": {
    caughtBy: ["says `not_found` for what does not exist"],
    session: reading((read, ...given) => read(...given).catch(() => null as never)),
  },
  "finds names in the prototype of an object": {
    caughtBy: ["says `not_found` for what does not exist"],
    session: reading((read, locator, context) => {
      const name = locator.path.slice(locator.path.lastIndexOf("/") + 1);
      return name in {} ? Promise.resolve({ value: String(Reflect.get({}, name)) }) : read(locator, context);
    }),
  },
  "says `not_found` for what is denied": {
    caughtBy: ["`not_found`, `denied` and `unavailable` stay apart"],
    ...instead("denied", as("not_found")),
  },
  "says `not_found` for a vault that is not there": {
    caughtBy: ["does not mistake an unreachable vault for a missing secret"],
    ...instead("unavailable", as("not_found")),
  },
  "says `not_found` for what is disabled": {
    caughtBy: ["says `unusable` for what exists and cannot be given"],
    ...instead("unusable", as("not_found")),
  },
  "says `denied` for bad credentials": {
    caughtBy: [
      "bad credentials are `unauthenticated` with `hint`",
      "credentials that lapse in mid-session are `unauthenticated`, not `denied`",
    ],
    ...instead("unauthenticated", as("denied")),
  },
  "does not say what mends bad credentials": {
    caughtBy: ["bad credentials are `unauthenticated` with `hint`"],
    ...instead("unauthenticated", as("unauthenticated")),
  },
  "does not say how long to wait": {
    caughtBy: ["`throttled` carries `retryAfterMs` when the vault says it"],
    ...instead("throttled", as("throttled")),
  },
  "gives seconds to wait": {
    caughtBy: ["`throttled` carries `retryAfterMs` when the vault says it"],
    ...instead(
      "throttled",
      ({ details: { retryAfterMs = 0 } }) =>
        new SecretError("throttled", "Later.", { retryAfterMs: retryAfterMs / 1000 }),
    ),
  },
  "says `unavailable` for a vault that is busy": {
    caughtBy: ["`throttled` carries `retryAfterMs` when the vault says it"],
    ...instead("throttled", as("unavailable")),
  },
  "asks the vault about impossible locators": {
    caughtBy: ["an impossible locator is `invalid_reference` without a request"],
    ...instead("invalid_reference", as("not_found")),
  },
  "throws what is for core to throw": {
    caughtBy: ["throws only what a provider may throw"],
    ...instead("unavailable", as("timeout")),
  },
  "throws errors of its own class": {
    caughtBy: ["throws only what a provider may throw", "says `not_found` for what does not exist"],
    ...instead("not_found", () => new Error("It did not work.")),
  },
  "throws instead of rejecting": {
    caughtBy: ["says `not_found` for what does not exist"],
    session: (session) => ({
      read: (locator, context) => {
        if (/none|nope|missing|vlkit|constructor/.test(locator.path))
          throw new SecretError("not_found", "Nothing here.");
        return session.read(locator, context);
      },
    }),
    subject: ({ missing }) => ({ missing: { ...missing, path: missing.path.replace(/[^/]+$/, "vlkit-missing") } }),
  },
  "ignores the abort in `open`": {
    caughtBy: ["hang: settles within 250 ms after the abort"],
    open: (provider) => (context) => provider.open({ ...context, signal: neverEnding }),
  },
  "ignores the abort in `read`": {
    caughtBy: [
      "a call that is cancelled already is not made",
      "a hang after `open`: every call settles after the abort",
    ],
    session: deaf("read"),
  },
  "ignores the abort in `readMany`": {
    caughtBy: [
      "a call that is cancelled already is not made",
      "a hang after `open`: every call settles after the abort",
    ],
    session: deaf("readMany"),
  },
  "ignores the abort in `list`": {
    caughtBy: [
      "a call that is cancelled already is not made",
      "a hang after `open`: every call settles after the abort",
    ],
    session: deaf("list"),
  },
  "looks at the signal only before it asks": {
    caughtBy: ["a hang after `open`: every call settles after the abort"],
    session: (session) => ({
      read: async (locator, context) => {
        if (context.signal.aborted) throw new SecretError("aborted", "The call was cancelled.");
        return session.read(locator, { ...context, signal: neverEnding });
      },
    }),
  },
  "cancels all reads with one": {
    caughtBy: ["cancelling one read leaves the others alone"],
    session: (session) => {
      const all = new AbortController();
      return {
        read: async (locator, context) => {
          context.signal.addEventListener("abort", () => all.abort());
          await new Promise<void>((resolve) => setImmediate(resolve));
          return session.read(locator, { ...context, signal: AbortSignal.any([all.signal, context.signal]) });
        },
      };
    },
  },
  "takes every fault for a missing secret": {
    caughtBy: [
      "dropped connection, HTML with status 200, empty 500: `unavailable`",
      "a fault after `open` is `unavailable`",
    ],
    ...instead("unavailable", as("not_found")),
  },
  "sends again what failed after `open`": {
    caughtBy: ["a failing call is not sent again"],
    session: ({ read }) => {
      const again: typeof read = (locator, context) =>
        read(locator, context).catch((thrown: unknown) => {
          if (isSecretError(thrown) && thrown.code === "unavailable") sent.push("again", "and again");
          throw thrown;
        });
      return { read: again };
    },
    subject: ({ requests }) => (requests ? { requests: () => requests() + sent.length } : {}),
    end: () => (sent = []),
  },
  "follows redirects with its credentials": {
    caughtBy: ["redirect to another origin: no credential arrives there"],
    open: (provider) => (context) => {
      sent.push(`GET / ${CANARY}`);
      return provider.open(context);
    },
    subject: ({ canaries }) => ({ witness: () => sent, canaries: [...canaries, CANARY] }),
    end: () => (sent = []),
  },
  "follows redirects of a read": {
    caughtBy: ["a redirect after `open`: no credential arrives there"],
    session: reading((read, ...given) => {
      sent.push(`GET / ${CANARY}`);
      return read(...given);
    }),
    subject: ({ canaries }) => ({ witness: () => sent, canaries: [...canaries, CANARY] }),
    end: () => (sent = []),
  },
});
