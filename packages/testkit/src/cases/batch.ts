import type { Locator, SecretDocument } from "@vaultlink/core/provider";
import { checkDocument } from "../kit/document.ts";
import { type Definition, group } from "../kit/definition.ts";
import { place } from "../kit/awkward.ts";
import { answered, check, fail, kind, refused, same } from "../kit/expect.ts";
import { failureOf } from "../kit/failure.ts";
import { first, offered, type Opened, withSession, withSubject } from "../kit/session.ts";
import type { Existing, Subject } from "../subject.ts";

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
        for (const wanted of [
          [now, pinned],
          [pinned, now],
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
        const failing = { missing, unusable, impossible, denied };
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
      await refused(
        withSession(subject.broken("lapse"), subject.env, async (opened) => {
          const readMany = offered(opened.session, "readMany");
          await subject.lapse?.();
          return readMany([locator, locator], opened.context());
        }),
        "unauthenticated",
        "`readMany` with lapsed credentials",
        "What befalls the call rejects it; outcomes are for what befalls one document.",
      );
    },
    OFFERS,
  ),
];

type Outcomes = ReadonlyArray<PromiseSettledResult<SecretDocument>>;

/** Asks for some documents at once, and fails the case unless each outcome is what `read` gives. */
async function agrees(opened: Opened, wanted: readonly Existing[]): Promise<void> {
  const outcomes = await settle(
    opened,
    wanted.map(({ locator }) => locator),
  );
  for (const [index, { locator, value }] of wanted.entries()) {
    const document = documentAt(outcomes, index);
    check(
      same(document.value, value),
      `Outcome ${index} of \`readMany\` is not what \`read\` gives for locator ${index}: map answers back by all that a ` +
        "locator says, its qualifiers included.",
    );
    const alone = await answered(opened.session.read(locator, opened.context()), "`read` of what a batch gave");
    check(
      alone.version === document.version && alone.id === document.id,
      `Outcome ${index} of \`readMany\` has another \`version\` or \`id\` than \`read\` gives for that locator.`,
    );
  }
}

async function settle({ session, context }: Opened, locators: readonly Locator[]): Promise<Outcomes> {
  const readMany = offered(session, "readMany");
  const given = Object.freeze(
    locators.map((locator) => Object.freeze({ ...locator, query: Object.freeze({ ...locator.query }) })),
  );
  const outcomes: Outcomes = await answered(readMany(given, context()), "`readMany`");
  const count = Array.isArray(outcomes) ? outcomes.length : undefined;
  check(
    count === locators.length,
    `\`readMany\` of ${locators.length} locators must give as many outcomes, but gave ${kind(outcomes)}.`,
  );
  return outcomes;
}

function documentAt(outcomes: Outcomes, index: number): SecretDocument {
  const outcome = outcomes[index];
  if (outcome?.status !== "fulfilled") {
    return fail(`Outcome ${index} of \`readMany\` must be a document, but is a failure.`);
  }
  checkDocument(outcome.value, `Outcome ${index} of \`readMany\``);
  return outcome.value;
}

async function isDeniedWhole({ session, context }: Opened, locators: readonly Locator[]): Promise<boolean> {
  return offered(session, "readMany")(locators, context()).then(
    () => false,
    (thrown: unknown) => failureOf(thrown).code === "denied",
  );
}

/** As many different documents as there are, or can be made. */
async function distinct(subject: Subject, size: number): Promise<readonly Existing[]> {
  const { put } = subject;
  if (put === undefined) return subject.existing;
  const made: Existing[] = [];
  for (let index = 0; index < size; index++) {
    const text = `vlcanary-of-the-kit-batch-${index}`;
    const placed = await place({ ...subject, put }, `vlkit-batch-${index}`, [text, { value: text }]);
    if (placed === undefined) return subject.existing;
    made.push(placed);
  }
  return made;
}
