import { type ListEntry, type SecretDocument, SecretError, type Session } from "@vaultlink/core/provider";
import { type Difference, listing, type Mutant, mutantsOf } from "./mutant.ts";

const CANARY = "vlcanary-of-the-kit";

/** A listing whose entries are others. */
function entries(
  change: (entry: ListEntry, index: number) => ListEntry | undefined,
): NonNullable<Difference["session"]> {
  return listing(async function* (list, ...given) {
    let index = 0;
    for await (const entry of list(...given)) {
      const changed = change(entry, index++);
      if (changed !== undefined) yield changed;
    }
  });
}

/** A session that reads no more once a listing has ended. */
function spoiltByListing(
  spoil: (list: NonNullable<Session["list"]>) => NonNullable<Session["list"]>,
): Difference["session"] {
  return ({ list, read }) => {
    if (list === undefined) return {};
    let spoilt = false;
    const spoiling = spoil(list);
    return {
      async *list(query, context) {
        try {
          yield* spoiling(query, context);
        } finally {
          spoilt = true;
        }
      },
      read: (locator, context) =>
        spoilt ? Promise.reject(new SecretError("unavailable", "The cursor is gone.")) : read(locator, context),
    };
  };
}

/** What a listing yields. */
export const listMutants: readonly Mutant[] = mutantsOf({
  "lists values": {
    caughtBy: ["yields metadata only"],
    session: entries((entry) => ({ ...entry, value: CANARY }) as ListEntry),
  },
  "lists names that hold a secret": {
    caughtBy: ["yields metadata only"],
    session: entries(({ locator, ...entry }) => ({ ...entry, locator: { ...locator, query: { token: CANARY } } })),
    subject: ({ canaries }) => ({ canaries: [...canaries, CANARY] }),
  },
  "lists versions of documents": {
    caughtBy: ["yields metadata only"],
    session: (session, context, subject) => {
      const { query } = subject.pinned?.locator ?? { query: {} };
      const pinned = entries(({ locator, ...entry }) => ({ ...entry, locator: { ...locator, query } }));
      return pinned(session, context, subject);
    },
  },
  "lists paths with a leading slash": {
    caughtBy: ["yields metadata only"],
    session: entries((entry) => ({ ...entry, locator: { ...entry.locator, path: `/${entry.locator.path}` } })),
  },
  "lists locators without a query": {
    caughtBy: ["yields metadata only"],
    session: entries(({ locator, ...entry }) => ({
      ...entry,
      locator: { path: locator.path } as ListEntry["locator"],
    })),
  },
  "lists times in seconds": {
    caughtBy: ["yields metadata only"],
    session: entries((entry) => ({ ...entry, updatedAt: Math.floor(Date.now() / 1000) })),
  },
  "lists times in microseconds": {
    caughtBy: ["yields metadata only"],
    session: entries((entry) => ({ ...entry, updatedAt: Date.now() * 1000 })),
  },
  "lists states of its own": {
    caughtBy: ["yields metadata only"],
    session: entries((entry) => ({ ...entry, state: "ENABLED" }) as unknown as ListEntry),
  },
  "lists tags as the vendor has them": {
    caughtBy: ["yields metadata only"],
    session: entries((entry) => ({ ...entry, tags: [{ Key: "team", Value: "app" }] }) as unknown as ListEntry),
  },
  "lists everything twice": {
    caughtBy: ["yields metadata only"],
    session: listing(async function* (list, ...given) {
      yield* list(...given);
      yield* list(...given);
    }),
  },
  "shares one cursor between listings": {
    caughtBy: ["yields metadata only"],
    session: ({ list }) => {
      if (list === undefined) return {};
      let shared: AsyncIterator<ListEntry> | undefined;
      return {
        async *list(query, context) {
          shared ??= list(query, context)[Symbol.asyncIterator]();
          for (let step = await shared.next(); step.done !== true; step = await shared.next()) yield step.value;
        },
      };
    },
  },
  "lists nothing": { caughtBy: ["yields metadata only"], session: entries(() => undefined) },
  "gives a listing as a promise": {
    caughtBy: ["yields metadata only"],
    session: listing((list, ...given) => Promise.resolve(list(...given)) as never),
  },
  "lists its first page only": {
    caughtBy: ["yields every page and folder"],
    session: entries((entry, index) => (index < 3 ? entry : undefined)),
  },
  "leaves out folders": {
    caughtBy: ["yields every page and folder"],
    session: entries((entry) => (entry.folder === true || /vlkit-folder/.test(entry.locator.path) ? undefined : entry)),
  },
  "lists folders as documents": {
    caughtBy: ["what it yields can be read"],
    session: listing(async function* (list, query, context) {
      const seen = new Set<string>();
      for await (const entry of list(query, context)) {
        const { path } = entry.locator;
        const folder = path.slice(0, path.indexOf("/", query.prefix.length + 1) + 1);
        if (folder === "" || !path.startsWith(query.prefix)) yield entry;
        else if (!seen.has(folder)) {
          seen.add(folder);
          yield { locator: { path: folder.slice(0, -1), query: {} } };
        }
      }
    }),
    subject: ({ put, listed = "" }) => {
      const text = "vlcanary-of-the-kit";
      const make = async (value: SecretDocument["value"]): Promise<unknown> =>
        put?.(`${listed}vlkit-folder/inner`, value);
      // A vault keeps texts or fields; one that keeps neither has no such folder.
      void make(text)
        .catch(() => make({ text }))
        .catch(() => {});
      return {};
    },
  },
  "ignores the prefix": {
    caughtBy: ["yields only what begins with the prefix"],
    session: listing((list, query, context) => list({ ...query, prefix: "" }, context)),
  },
  "takes the prefix for a part": {
    caughtBy: ["yields only what begins with the prefix"],
    session: listing(async function* (list, { prefix }, context) {
      for await (const entry of list({ prefix: "" }, context)) {
        if (entry.locator.path.includes(prefix) || prefix.includes(entry.locator.path)) yield entry;
      }
      if (prefix.includes("vlkit-nothing")) yield { locator: { path: "else", query: {} } };
    }),
  },
  "leaves out the state": {
    caughtBy: ["`state` tells what cannot be given"],
    session: entries(({ state: _, ...entry }) => entry),
  },
  "lists what cannot be read": {
    caughtBy: ["what it yields can be read"],
    session: listing(async function* (list, query, context) {
      yield* list(query, context);
      yield { locator: { path: `${query.prefix}vlkit-nobody`, query: {} } };
    }),
  },
  "lists names instead of paths": {
    caughtBy: ["what it yields can be read"],
    session: entries((entry) => {
      const { path } = entry.locator;
      return { ...entry, locator: { path: path.slice(path.lastIndexOf("/") + 1), query: {} } };
    }),
  },
  "loses its session when a listing is left": {
    caughtBy: ["stops when the caller stops"],
    session: spoiltByListing((list) => list) ?? (() => ({})),
  },
  "loses its session when a listing is refused": {
    caughtBy: ["refused listing leaves `read` working"],
    session: spoiltByListing((list) => list) ?? (() => ({})),
  },
  "says `unauthenticated` for a refused listing": {
    caughtBy: ["a refused listing is `denied`"],
    session: listing(async function* (list, ...given) {
      try {
        yield* list(...given);
      } catch {
        throw new SecretError("unauthenticated", "No.", { hint: "log in" });
      }
    }),
  },
  "says `denied` for a listing with lapsed credentials": {
    caughtBy: ["a refused listing is `denied`"],
    session: listing(async function* (list, ...given) {
      try {
        yield* list(...given);
      } catch {
        throw new SecretError("denied", "No.");
      }
    }),
  },
});
