import { type Locator, SecretError, type SecretDocument } from "@vaultlink/core/provider";
import { batching, type Mutant, mutantsOf, aboutVersions, without } from "./mutant.ts";

type Outcome = PromiseSettledResult<SecretDocument>;

const notFound = new SecretError("not_found", "Nothing here.");

/** What a batch gives. */
export const batchMutants: readonly Mutant[] = mutantsOf({
  "gives a batch in another order": {
    caughtBy: ["`readMany` agrees with `read`, in order, one outcome each"],
    session: batching((readMany, locators, context) => readMany(locators.toReversed(), context)),
  },
  "drops the version in a batch": {
    caughtBy: ["`readMany` reads pinned versions"],
    session: aboutVersions((qualifier) =>
      batching((readMany, locators, context) => {
        const unversioned = locators.map((locator) => {
          const { [qualifier]: _, ...query } = locator.query;
          return { ...locator, query };
        });
        return readMany(unversioned, context);
      }),
    ),
  },
  "matches the answers of a batch by name only": {
    caughtBy: ["`readMany` reads pinned versions"],
    session: batching(async (readMany, locators, context) => {
      const outcomes = await readMany(locators, context);
      const byName = new Map(locators.map(({ path }, index) => [path, outcomes[index]]));
      return locators.map(({ path }) => byName.get(path) as Outcome);
    }),
  },
  "ignores unknown qualifiers": {
    caughtBy: ["an unknown qualifier is `invalid_reference`"],
    session: ({ read, readMany }) => {
      const known = (query: Readonly<Record<string, string>>): Record<string, string> => {
        const { vlkit: _, versoin: __, ...rest } = query;
        return Object.hasOwn(rest, "constructor") ? {} : rest;
      };
      return {
        read: ({ path, query }, context) => read({ path, query: known(query) }, context),
        ...(readMany && {
          readMany: (locators, context) =>
            readMany(
              locators.map(({ path, query }) => ({ path, query: known(query) })),
              context,
            ),
        }),
      };
    },
  },
  "ignores unknown qualifiers in a batch": {
    caughtBy: ["an unknown qualifier is `invalid_reference`"],
    session: aboutVersions((qualifier) =>
      batching((readMany, locators, context) => {
        const known = ({ path, query }: Locator): Locator => {
          const version = query[qualifier];
          return { path, query: version ? { [qualifier]: version } : {} };
        };
        return readMany(locators.map(known), context);
      }),
    ),
  },
  "ignores `fresh` in a batch": {
    caughtBy: ["`fresh` is obeyed"],
    session: ({ readMany }) => {
      const known = new Map<string, ReturnType<NonNullable<typeof readMany>>>();
      return readMany
        ? {
            readMany: (locators, context) => {
              const key = JSON.stringify(locators);
              const held = known.get(key) ?? readMany(locators, context);
              known.set(key, held);
              return held;
            },
          }
        : without("readMany");
    },
  },
  "gives its batches to each other": {
    caughtBy: ["reads at the same time do not mix"],
    session: ({ readMany }) => {
      let current: Parameters<NonNullable<typeof readMany>>[0] = [];
      return readMany
        ? {
            readMany: async (locators, context) => {
              current = locators;
              await new Promise<void>((resolve) => setImmediate(resolve));
              return readMany(current, context);
            },
          }
        : without("readMany");
    },
  },
  "fails a whole batch for one document": {
    caughtBy: ["a failing item leaves its neighbours alone"],
    session: batching(async (readMany, locators, context) => {
      const outcomes = await readMany(locators, context);
      const bad = outcomes.find(({ status }) => status === "rejected");
      return bad === undefined ? outcomes : outcomes.map(() => bad);
    }),
  },
  "calls everything that fails in a batch missing": {
    caughtBy: ["a failing item leaves its neighbours alone"],
    session: batching(async (readMany, locators, context) => {
      const outcomes = await readMany(locators, context);
      return outcomes.map((outcome) =>
        outcome.status === "rejected" ? { status: "rejected" as const, reason: notFound } : outcome,
      );
    }),
  },
  "gives an empty document for what is missing in a batch": {
    caughtBy: ["a failing item leaves its neighbours alone"],
    session: batching(async (readMany, locators, context) => {
      const outcomes = await readMany(locators, context);
      return outcomes.map((outcome) =>
        outcome.status === "rejected" ? { status: "fulfilled" as const, value: { value: "" } } : outcome,
      );
    }),
  },
  "leaves out what is missing in a batch": {
    caughtBy: ["a failing item leaves its neighbours alone"],
    session: batching(async (readMany, locators, context) => {
      const outcomes = await readMany(locators, context);
      return outcomes.filter(({ status }) => status === "fulfilled");
    }),
  },
  "takes one less than `maxBatch`": {
    caughtBy: ["exactly `maxBatch` items"],
    session: ({ maxBatch = 2, readMany }) =>
      readMany
        ? { readMany: (locators, context) => readMany(locators.slice(0, maxBatch - 1), context) }
        : without("readMany"),
  },
  "promises more than the vault takes": {
    caughtBy: ["exactly `maxBatch` items"],
    session: ({ maxBatch = 2, readMany }) =>
      readMany
        ? {
            maxBatch: maxBatch * 10,
            readMany: (locators, context) =>
              new Set(locators.map(({ path }) => path)).size > maxBatch
                ? Promise.reject(new SecretError("invalid_reference", "Too many."))
                : readMany(locators, context),
          }
        : without("readMany"),
  },
  "answers a duplicate once": {
    caughtBy: ["duplicates and two names of one secret"],
    session: batching(async (readMany, locators, context) => {
      const outcomes = await readMany(locators, context);
      return outcomes.map((outcome, index) =>
        locators.slice(0, index).some(({ path }) => path === locators[index]?.path)
          ? { status: "rejected" as const, reason: notFound }
          : outcome,
      );
    }),
  },
  "reads a batch one by one": {
    caughtBy: ["a batch costs less than single reads"],
    session: ({ read, readMany }) =>
      readMany
        ? { readMany: (locators, context) => Promise.allSettled(locators.map((locator) => read(locator, context))) }
        : without("readMany"),
  },
  "gives a failed batch as failed documents": {
    caughtBy: ["a whole-call fault rejects the call"],
    session: batching((readMany, locators, context) =>
      readMany(locators, context).catch((reason: unknown) =>
        locators.map(() => ({ status: "rejected" as const, reason })),
      ),
    ),
  },
  "leaves the version out of a batch": {
    caughtBy: ["`readMany` agrees with `read`, in order, one outcome each"],
    session: batching(async (readMany, locators, context) => {
      const outcomes = await readMany(locators, context);
      return outcomes.map((outcome) =>
        outcome.status === "fulfilled" ? { ...outcome, value: { value: outcome.value.value } } : outcome,
      );
    }),
  },
  "sorts the list it was given": {
    caughtBy: ["`readMany` agrees with `read`, in order, one outcome each"],
    session: batching((readMany, locators, context) =>
      // Sorting in place is the mistake.
      readMany(
        // oxlint-disable-next-line unicorn/no-array-sort
        (locators as Array<(typeof locators)[number]>).sort((a, b) => a.path.localeCompare(b.path)),
        context,
      ),
    ),
  },
});
