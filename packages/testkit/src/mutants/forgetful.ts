import { isSecretError, type ListEntry, SecretError, type Session } from "@vaultlink/core/provider";
import { batching, listing, type Mutant, mutantsOf, reading, without } from "./mutant.ts";

const NEW = "a changed document is read as it is now";
const ABORT = "cancelling one read leaves the others alone";
const HANG = "a hang after `open`: every call settles after the abort";
let failure: SecretError | undefined;
let listed = 0;

/** What it remembers or forgets from one call to the next. */
export const forgetfulMutants: readonly Mutant[] = mutantsOf({
  "remembers what was missing": {
    caughtBy: [NEW],
    session: ({ read }) => {
      const known = new Map<string, SecretError>();
      return {
        async read(locator, context) {
          const key = JSON.stringify(locator);
          const held = context.fresh ? undefined : known.get(key);
          if (held !== undefined) throw held;
          try {
            return await read(locator, context);
          } catch (thrown) {
            if (isSecretError(thrown) && thrown.code === "not_found") known.set(key, thrown);
            throw thrown;
          }
        },
      };
    },
  },
  "remembers what was missing in a batch": {
    caughtBy: [NEW],
    session: ({ readMany }) => {
      if (readMany === undefined) return without("readMany");
      const known = new Map<string, PromiseRejectedResult>();
      return {
        async readMany(locators, context) {
          const outcomes = await readMany(locators, context);
          return outcomes.map((outcome, index) => {
            const key = JSON.stringify(locators[index]);
            if (outcome.status === "rejected") known.set(key, outcome);
            return known.get(key) ?? outcome;
          });
        },
      };
    },
  },
  "remembers a sign-in that failed": {
    caughtBy: ["a wrong secret is refused after a right one"],
    open: (provider) => async (context) => {
      if (failure !== undefined) throw failure;
      try {
        return await provider.open(context);
      } catch (thrown) {
        if (isSecretError(thrown) && thrown.code === "unauthenticated") failure = thrown;
        throw thrown;
      }
    },
    end: () => (failure = undefined),
  },
  "finds names in the prototype of an object in a batch": {
    caughtBy: ["a failing item leaves its neighbours alone"],
    session: batching(async (readMany, locators, context) =>
      (await readMany(locators, context)).map((outcome, index) => {
        const name = /[^/]*$/.exec(locators[index]?.path ?? "")?.[0] ?? "";
        return name in {} ? { status: "fulfilled", value: { value: String(Reflect.get({}, name)) } } : outcome;
      }),
    ),
  },
  "forgets the leases of a batch": {
    caughtBy: ["`release` ends the lease"],
    session: batching(async (readMany, ...given) =>
      (await readMany(...given)).map((outcome) => {
        if (outcome.status === "rejected") return outcome;
        const { lease: _, ...value } = outcome.value;
        return { ...outcome, value };
      }),
    ),
  },
  "ends its session when it releases a lease": {
    caughtBy: ["`release` ends the lease"],
    session: ({ read, release }) => {
      if (release === undefined) return without("release");
      let isReleased = false;
      return {
        async release(...given) {
          await release(...given);
          isReleased = true;
        },
        read: (...given) =>
          isReleased ? Promise.reject(new SecretError("unauthenticated", "No.", { hint: "log in" })) : read(...given),
      };
    },
  },
  "ends its session when a call is cancelled that was answered": {
    caughtBy: [ABORT],
    session: ({ read }) => {
      let isEnded = false;
      return {
        async read(locator, context) {
          if (isEnded) throw new SecretError("unavailable", "The connection is closed.");
          const document = await read(locator, context);
          context.signal.addEventListener("abort", () => (isEnded = true));
          return document;
        },
      };
    },
  },
  "leaves a rejection unheard when a call is cancelled that was answered": {
    caughtBy: ["leaves no rejection unheard"],
    session: reading(async (read, locator, context) => {
      const document = await read(locator, context);
      context.signal.addEventListener("abort", () => void Promise.reject(new Error("It was cancelled.")));
      return document;
    }),
  },
  "reads one after another": {
    caughtBy: ["a read that hangs holds up no other"],
    session: ({ read }) => {
      let last: Promise<unknown> = Promise.resolve();
      const queued: Session["read"] = (...given) => {
        const next = last.then(() => read(...given));
        last = next.catch(() => undefined);
        return next;
      };
      return { read: queued };
    },
  },
  "hands the signal on to the first page of a listing only": {
    caughtBy: [HANG],
    session: listing(async function* (list, query, context) {
      const first = new AbortController();
      const cancel = (): void => first.abort();
      if (context.signal.aborted) cancel();
      context.signal.addEventListener("abort", cancel);
      for await (const entry of list(query, { ...context, signal: first.signal })) {
        context.signal.removeEventListener("abort", cancel);
        yield entry;
      }
    }),
  },
  "remembers a listing": {
    caughtBy: ["yields every page and folder"],
    session: ({ list }) => {
      if (list === undefined) return without("list");
      const known = new Map<string, readonly ListEntry[]>();
      return {
        async *list(query, context) {
          const held = known.get(query.prefix);
          if (held !== undefined) return yield* held;
          const found: ListEntry[] = [];
          for await (const entry of list(query, context)) {
            found.push(entry);
            yield entry;
          }
          known.set(query.prefix, found);
        },
      };
    },
  },
  "forgets the prefix with the second page": {
    caughtBy: ["yields only what begins with the prefix"],
    session: listing(async function* (list, { prefix }, context) {
      let seen = 0;
      for await (const entry of list({ prefix: "" }, context)) {
        if (seen < 50 && !entry.locator.path.startsWith(prefix)) continue;
        seen++;
        yield entry;
      }
    }),
  },
  "takes the prefix for a folder": {
    caughtBy: ["yields only what begins with the prefix"],
    session: listing(async function* (list, query, context) {
      const { prefix } = query;
      for await (const entry of list(query, context)) {
        const { path } = entry.locator;
        if (prefix === "" || prefix.endsWith("/") || path === prefix || path.startsWith(`${prefix}/`)) yield entry;
      }
    }),
  },
  "tells the time of listing for that of a change": {
    caughtBy: ["yields metadata only"],
    session: listing(async function* (list, ...given) {
      for await (const entry of list(...given)) yield { ...entry, updatedAt: Date.now() - 1_000_000 + ++listed };
    }),
    end: () => (listed = 0),
  },
  "lists nothing where it may not list": {
    caughtBy: ["a refused listing is `denied`"],
    session: listing(async function* (list, ...given) {
      try {
        yield* list(...given);
      } catch (thrown) {
        if (!isSecretError(thrown) || thrown.code !== "denied") throw thrown;
      }
    }),
  },
});
