import type { Locator } from "@vaultlink/core/provider";
import { agrees, distinct, documentAt, pinnedNow, settle } from "../kit/batches.ts";
import { type Definition, group } from "../kit/definition.ts";
import { answered, check, refused, same } from "../kit/expect.ts";
import { failureOf } from "../kit/failure.ts";
import { first, offered, type Opened, withSession, withSubject } from "../kit/session.ts";
import type { Existing } from "../subject.ts";

const define = group("batch");
const OFFERS = ["readMany"] as const;

/** Several documents in one call: one outcome per locator, in order. */
export const batchCases: readonly Definition[] = [
  define(
    "`readMany` agrees with `read`, in order, one outcome each",
    [],
    (subject) =>
      withSubject(subject, async (opened) => {
        offered(opened.session, "readMany");
        check(
          subject.existing.length >= 2,
          "The subject's `existing` holds fewer than two documents: a batch needs two.",
        );
        for (const wanted of [subject.existing, subject.existing.toReversed()]) await agrees(opened, wanted);
      }),
    OFFERS,
  ),
  define(
    "`readMany` reads pinned versions",
    ["pinned"],
    (subject) =>
      withSubject(subject, async (opened) => {
        const { pinned } = subject;
        const { path, query } = pinned.locator;
        const current = await answered(
          opened.session.read({ path, query: {} }, opened.context()),
          "`read` of `pinned` without its qualifiers",
        );
        check(!same(current.value, pinned.value), "The subject's `pinned` holds what the current version holds.");
        const now: Existing = { locator: { path, query: {} }, value: current.value };
        const other = await pinnedNow(opened, pinned, now);
        for (const wanted of [
          [now, pinned],
          [pinned, now],
          ...(other === undefined
            ? []
            : [
                [pinned, other],
                [other, pinned],
              ]),
          [{ locator: { path, query: { ...query } }, value: pinned.value }],
        ]) {
          await agrees(opened, wanted);
        }
      }),
    OFFERS,
  ),
  define(
    "a failing item leaves its neighbours alone",
    [],
    (subject) =>
      withSubject(subject, async (opened) => {
        const { locator, value } = first(subject);
        const { missing, denied, unusable, impossible } = subject;
        const failing = { missing, unusable, impossible, denied, ...ofPrototypes(missing) };
        for (const [what, bad] of Object.entries(failing)) {
          if (bad === undefined) continue;
          const alone = await opened.session.read(bad, opened.context()).then(
            () => undefined,
            (thrown: unknown) => failureOf(thrown).code,
          );
          // A call that is refused as a whole makes core ask singly.
          if (what === "denied" && (await isDeniedWhole(opened, [locator, bad]))) continue;
          const outcomes = await settle(opened, [locator, bad, locator]);
          const outcome = outcomes[1];
          check(
            outcome?.status === "rejected" && failureOf(outcome.reason).code === alone,
            `The outcome of \`${what}\` in a batch must be a failure of its own, as \`read\` gives it: \`${alone ?? ""}\`.`,
          );
          for (const index of [0, 2]) {
            check(same(documentAt(outcomes, index).value, value), `The failing item changed outcome ${index}.`);
          }
        }
      }),
    OFFERS,
  ),
  define(
    "exactly `maxBatch` items",
    [],
    (subject) =>
      withSubject(subject, async (opened) => {
        offered(opened.session, "readMany");
        const size = opened.session.maxBatch ?? 2;
        const known = await distinct(subject, size);
        await agrees(
          opened,
          Array.from({ length: size }, (_, index) => known[index % known.length] ?? first(subject)),
        );
      }),
    OFFERS,
  ),
  define(
    "duplicates and two names of one secret",
    ["alias"],
    (subject) =>
      withSubject(subject, (opened) => {
        const { locator, value } = first(subject);
        return agrees(opened, [
          { locator, value },
          { locator: subject.alias, value },
          { locator, value },
        ]);
      }),
    OFFERS,
  ),
  define(
    "a batch costs less than single reads",
    ["requests"],
    (subject) =>
      withSubject(subject, async (opened) => {
        offered(opened.session, "readMany");
        const some = subject.existing.slice(0, opened.session.maxBatch ?? subject.existing.length);
        const cost = async (call: () => Promise<unknown>): Promise<number> => {
          await call();
          const before = subject.requests();
          await call();
          return subject.requests() - before;
        };
        const singly = await cost(async () => {
          for (const { locator } of some) await answered(opened.session.read(locator, opened.context()), "`read`");
        });
        const locators = some.map(({ locator }) => locator);
        const batched = await cost(() => settle(opened, locators));
        check(
          batched < singly || some.length < 2,
          `\`readMany\` of ${some.length} documents made ${batched} requests, and reading each made ${singly}. ` +
            "Offer `readMany` only where the vault has a call for several documents: core reads singly by itself.",
        );
      }),
    OFFERS,
  ),
  define(
    "a whole-call fault rejects the call",
    [],
    async (subject) => {
      const { locator } = first(subject);
      const { pinned } = subject;
      await withSession(subject.broken("lapse"), subject.env, async (opened) => {
        const readMany = offered(opened.session, "readMany");
        await subject.lapse?.();
        for (const locators of [
          [locator, locator],
          ...(pinned === undefined
            ? []
            : [
                [pinned.locator, pinned.locator],
                [locator, pinned.locator],
              ]),
        ]) {
          await refused(
            readMany(locators, opened.context()),
            "unauthenticated",
            `\`readMany\`${locators.some(({ query }) => Object.keys(query).length > 0) ? " of pinned versions" : ""} with lapsed credentials`,
            "What befalls the call rejects it; outcomes are for what befalls one document.",
          );
        }
      });
    },
    OFFERS,
  ),
];

/** Documents that do not exist, and are called as members of every object are. */
function ofPrototypes(missing: Locator): Readonly<Record<string, Locator>> {
  const called = (name: string): Locator => ({ path: missing.path.replace(/[^/]+$/, name), query: {} });
  return { "a document called `constructor`": called("constructor"), "one called `__proto__`": called("__proto__") };
}

async function isDeniedWhole({ session, context }: Opened, locators: readonly Locator[]): Promise<boolean> {
  return offered(session, "readMany")(locators, context()).then(
    () => false,
    (thrown: unknown) => failureOf(thrown).code === "denied",
  );
}
