import { type ErrorCode, isSecretError, SecretError, type Session } from "@vaultlink/core/provider";
import { type Difference, type Mutant, batching, mutantsOf, reading, without } from "./mutant.ts";

const HOUR_MS = 3_600_000;
const CANARY = "vlcanary-of-the-kit";
const sessions = new Map<string, Session>();
const NAME = "vlkitToken";

/** A session that answers with what it gave before where the vault gives a certain failure. */
const stale = (code: ErrorCode): NonNullable<Difference["session"]> =>
  function session({ read }) {
    const known = new Map<string, Awaited<ReturnType<Session["read"]>>>();
    return {
      async read(locator, context) {
        const key = JSON.stringify(locator);
        try {
          const document = await read(locator, context);
          known.set(key, document);
          return document;
        } catch (thrown) {
          const held = known.get(key);
          if (held !== undefined && isSecretError(thrown) && thrown.code === code) return held;
          throw thrown;
        }
      },
    };
  };

/** A session that has given up for good once the vault gave a certain failure. */
const dead = (code: ErrorCode): NonNullable<Difference["session"]> =>
  function session({ read }) {
    let failure: SecretError | undefined;
    return {
      async read(locator, context) {
        if (failure !== undefined) throw failure;
        try {
          return await read(locator, context);
        } catch (thrown) {
          if (isSecretError(thrown) && thrown.code === code) failure = thrown;
          throw thrown;
        }
      },
    };
  };

/** Whether `parseJson` has kept the digits of a number. */
const isExact = (held: unknown): boolean => typeof held === "object" && held !== null && "rawJSON" in held;

/** What it keeps and should not, and what it should have noticed. */
export const rememberingMutants: readonly Mutant[] = mutantsOf({
  "gives what it read before when its credentials have lapsed": {
    caughtBy: ["credentials that lapse in mid-session are `unauthenticated`, not `denied`"],
    session: stale("unauthenticated"),
  },
  "gives what it read before when the vault fails": {
    caughtBy: ["a fault after `open` is `unavailable`"],
    session: stale("unavailable"),
  },
  "gives the batch that it read before when the vault fails": {
    caughtBy: ["a fault after `open` is `unavailable`"],
    session: ({ readMany }) => {
      if (readMany === undefined) return without("readMany");
      let known: Awaited<ReturnType<typeof readMany>> | undefined;
      return {
        async readMany(locators, context) {
          try {
            return (known = await readMany(locators, context));
          } catch (thrown) {
            if (known?.length === locators.length && isSecretError(thrown) && thrown.code === "unavailable")
              return known;
            throw thrown;
          }
        },
      };
    },
  },
  "signs in once for everybody of a name": {
    caughtBy: ["a wrong secret is refused after a right one"],
    open: (provider) => async (context) => {
      const name = Object.keys(context.env).join(" ");
      const known = sessions.get(name) ?? (await provider.open(context));
      sessions.set(name, known);
      return { ...known, read: known.read.bind(known), close: async () => {} };
    },
    end: () => sessions.clear(),
  },
  "asks again when its credentials have lapsed": {
    caughtBy: ["credentials that lapse in mid-session are `unauthenticated`, not `denied`"],
    session: reading((read, ...given) =>
      read(...given).catch((thrown: unknown) =>
        isSecretError(thrown) && thrown.code === "unauthenticated" ? read(...given) : Promise.reject(thrown as Error),
      ),
    ),
    lacks: ({ requests, lapse }) =>
      requests === undefined || lapse === undefined
        ? "Your subject counts no requests, or is not told to `lapse`."
        : undefined,
  },
  "is dead once the vault has failed": {
    caughtBy: ["a fault that is over leaves nothing behind"],
    session: dead("unavailable"),
  },
  "is dead once something was denied": {
    caughtBy: ["`not_found`, `denied` and `unavailable` stay apart"],
    session: dead("denied"),
  },
  "says that it has renewed, and asked for something else": {
    caughtBy: ["what was renewed outlives what was not"],
    session: ({ read, renew }, _, { existing }) =>
      renew
        ? {
            async renew(context) {
              const [known] = existing;
              if (known !== undefined) await read(known.locator, context);
              return Date.now() + HOUR_MS;
            },
          }
        : without("renew"),
  },
  "gives a lapse in minutes for one in seconds": {
    caughtBy: ["`expiresAt` is when the credentials lapse"],
    session: ({ expiresAt }) =>
      expiresAt === undefined
        ? without("expiresAt")
        : { expiresAt: Date.now() + Math.min(60 * (expiresAt - Date.now()), 100_000 * HOUR_MS) },
  },
  "does not say when its credentials lapse": {
    caughtBy: ["`expiresAt` is when the credentials lapse"],
    session: ({ expiresAt }) => (expiresAt === undefined ? without("expiresAt") : { expiresAt: undefined as never }),
  },
  "mixes up the versions of one document in a batch": {
    caughtBy: ["`readMany` reads pinned versions"],
    session: batching(async (readMany, locators, context) => {
      const outcomes = [...(await readMany(locators, context))];
      const pinned = locators.flatMap(({ query }, index) => (Object.keys(query).length > 0 ? [index] : []));
      const swapped = pinned.map((index) => outcomes[index]).toReversed();
      for (const [at, index] of pinned.entries()) {
        const other = swapped[at];
        if (other !== undefined) outcomes[index] = other;
      }
      return outcomes;
    }),
  },
  "takes a fault for one of each pinned document": {
    caughtBy: ["a whole-call fault rejects the call"],
    session: batching((readMany, locators, context) =>
      readMany(locators, context).catch((thrown: unknown) => {
        if (locators.some(({ query }) => Object.keys(query).length === 0)) throw thrown;
        return locators.map(() => ({ status: "rejected" as const, reason: thrown }));
      }),
    ),
  },
  "takes empty bytes for nothing": {
    caughtBy: ["awkward values are read as they are"],
    session: reading(async (read, ...given) => {
      const document = await read(...given);
      if (!(document.value instanceof Uint8Array) || document.value.length > 0) return document;
      throw new SecretError("unusable", "The document is empty.");
    }),
  },
  "reads numbers as a double holds them": {
    caughtBy: ["awkward values are read as they are"],
    session: reading(async (read, ...given) => {
      const document = await read(...given);
      if (typeof document.value === "string" || document.value instanceof Uint8Array) return document;
      const numbers = Object.entries(document.value).filter(([, held]) => isExact(held));
      const rounded: Record<string, unknown> = { ...document.value };
      for (const [name, held] of numbers) rounded[name] = Number(JSON.stringify(held));
      return { ...document, value: rounded };
    }),
  },
  "gives documents that have lapsed": {
    caughtBy: ["reads what exists"],
    session: reading(async (read, ...given) => ({ ...(await read(...given)), expiresAt: Date.now() - 1000 })),
  },
  "gives ids in lower case": {
    caughtBy: ["one secret has one `id`"],
    session: reading(async (read, ...given) => {
      const { id, ...document } = await read(...given);
      return { ...document, ...(id !== undefined && { id: id.toLowerCase() }) };
    }),
  },
  "keeps its token where everybody can reach it": {
    caughtBy: ["leaves the process as it was"],
    session: () => {
      Reflect.set(globalThis, NAME, CANARY);
      return {};
    },
    end: () => Reflect.deleteProperty(globalThis, NAME),
  },
  "tells another vault's address": {
    caughtBy: ["says which vault it reaches without asking it"],
    provider: (provider) => ({
      ...provider,
      where: async () => ({ facts: [], address: "https://elsewhere.example" }),
    }),
    lacks: ({ address }) => (address === undefined ? "Your subject says no `address`." : undefined),
  },
});
