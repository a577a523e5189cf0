import { type ListEntry, type Locator, SecretError, type Session } from "@vaultlink/core/provider";
import { lacksObjects, lacksTexts } from "./lacking.ts";
import { type Difference, listing, type Mutant, mutantsOf, reading, aboutVersions, without } from "./mutant.ts";

const lost = new SecretError("not_found", "The vault has nothing of that name.");
let sent = 0;

/** A session whose `version` is another; none where there was none. */
const versioning =
  (change: (locator: Locator) => Promise<string> | undefined): NonNullable<Difference["session"]> =>
  ({ version }) =>
    version ? { version: (locator, context) => change(locator) ?? version(locator, context) } : without("version");

/** A listing that asks with another prefix, and gives what another test lets through. */
const listingBy = (passes: (path: string, prefix: string) => boolean): ReturnType<typeof listing> =>
  listing(async function* (list, { prefix }, context) {
    for await (const entry of list({ prefix: "" }, context)) if (passes(entry.locator.path, prefix)) yield entry;
  });

/** What it reads, tells and lists when it is asked in another way than usual. */
export const askingMutants: readonly Mutant[] = mutantsOf({
  "joins a fresh read to one under way": {
    caughtBy: ["`fresh` is obeyed"],
    session: ({ read }) => {
      const underWay = new Map<string, ReturnType<Session["read"]>>();
      return {
        read: (locator, context) => {
          const key = JSON.stringify(locator);
          const joined =
            underWay.get(key) ??
            read(locator, context).then(async (document) => {
              await new Promise<void>((resolve) => setImmediate(resolve));
              return document;
            });
          underWay.set(key, joined);
          return joined.finally(() => underWay.delete(key));
        },
      };
    },
  },
  "tells an empty version of what is missing": {
    caughtBy: ["`version` fails where `read` does"],
    session: ({ version }) =>
      version ? { version: (...given) => version(...given).catch(() => "") } : without("version"),
  },
  "says `not_found` for the version of what is denied": {
    caughtBy: ["`version` fails where `read` does"],
    session: ({ version }) =>
      version
        ? {
            version: (...given) =>
              version(...given).catch(() => {
                throw lost;
              }),
          }
        : without("version"),
  },
  "tells the newest version of a pinned document": {
    caughtBy: ["`version` agrees with `read`"],
    session: ({ version }) =>
      version ? { version: ({ path }, context) => version({ path, query: {} }, context) } : without("version"),
  },
  "tells of a version that does not exist": {
    caughtBy: ["`version` fails where `read` does"],
    session: aboutVersions((qualifier) =>
      versioning(({ query }) => {
        const version = query[qualifier];
        return version === undefined ? undefined : Promise.resolve(version);
      }),
    ),
  },
  "gives one object for a document that is asked twice": {
    lacks: lacksObjects,
    caughtBy: ["a document is the caller's own"],
    session: ({ readMany }) =>
      readMany
        ? {
            readMany: async (locators, context) => {
              const outcomes = await readMany(locators, context);
              const known = new Map<string, (typeof outcomes)[number]>();
              return locators.map((locator, index) => {
                const key = JSON.stringify(locator);
                const one = known.get(key) ?? outcomes[index] ?? { status: "rejected", reason: lost };
                known.set(key, one);
                return one;
              });
            },
          }
        : without("readMany"),
  },
  "reads numbers as doubles": {
    lacks: lacksTexts,
    caughtBy: ["awkward values are read as they are"],
    session: reading(async (read, ...given) => {
      const document = await read(...given);
      const { value } = document;
      if (typeof value !== "string" || !value.startsWith("{")) return document;
      return { ...document, value: JSON.parse(value) as Readonly<Record<string, unknown>> };
    }),
  },
  "ends a listing where a page fails": {
    caughtBy: ["a listing that fails midway says so"],
    session: listing(async function* (list, ...given) {
      let seen = 0;
      try {
        for await (const entry of list(...given)) {
          seen++;
          yield entry;
        }
      } catch (thrown) {
        if (seen === 0) throw thrown;
      }
    }),
  },
  "goes on listing when it was left": {
    caughtBy: ["stops when the caller stops"],
    session: listing(async function* (list, ...given) {
      try {
        yield* list(...given);
      } finally {
        setImmediate(() => (sent += 3));
      }
    }),
    subject: ({ requests }) => (requests ? { requests: () => requests() + sent } : {}),
    end: () => (sent = 0),
  },
  "takes the prefix for a pattern": {
    caughtBy: ["yields only what begins with the prefix"],
    session: listingBy((path, prefix) => new RegExp(`^${prefix.replaceAll("*", ".*")}`).test(path)),
  },
  "takes the prefix for a pattern of SQL": {
    caughtBy: ["yields only what begins with the prefix"],
    session: listingBy((path, prefix) => {
      const literal = prefix.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
      return new RegExp(`^${literal.replaceAll("%", ".*").replaceAll("_", ".")}`).test(path);
    }),
  },
  "takes a prefix in any case": {
    caughtBy: ["yields only what begins with the prefix"],
    session: listingBy((path, prefix) => path.toLowerCase().startsWith(prefix.toLowerCase())),
  },
  "lists the folder in itself": {
    caughtBy: ["yields only what begins with the prefix"],
    session: listing(async function* (list, query, context) {
      if (query.prefix !== "") yield { locator: { path: query.prefix, query: {} }, folder: true } satisfies ListEntry;
      yield* list(query, context);
    }),
  },
});
