import type { Locator, SecretDocument } from "@vaultlink/core/provider";
import { type Definition, group } from "../kit/definition.ts";
import { answered, check, fail, kind, refused, same } from "../kit/expect.ts";
import { failureOf } from "../kit/failure.ts";
import { first, offered, type Opened, withSession, withSubject } from "../kit/session.ts";

const define = group("batch");

/** Several documents in one call: one outcome per locator, in order. */
export const batchCases: readonly Definition[] = [
  define("`readMany` agrees with `read`, in order, one outcome each", [], (subject) =>
    withSubject(subject, async (opened) => {
      const locators = subject.existing.map(({ locator }) => locator);
      check(locators.length >= 2, "The subject's `existing` holds fewer than two documents: a batch needs two.");
      const values = await batch(opened, locators);
      subject.existing.forEach(({ value }, index) =>
        check(
          same(values[index], value),
          `Outcome ${index} of \`readMany\` is not what \`read\` gives for locator ${index}. Map answers back by what they name.`,
        ),
      );
    }),
  ),
  define("a failing item leaves its neighbours alone", [], (subject) =>
    withSubject(subject, async (opened) => {
      const { locator, value } = first(subject);
      const outcomes = await settle(opened, [locator, subject.missing, locator]);
      check(outcomes[1]?.status === "rejected", "A missing document in a batch must be a rejected outcome of its own.");
      check(
        outcomes[1].status === "rejected" && failureOf(outcomes[1].reason).code === "not_found",
        "The outcome of a missing document in a batch must be `not_found`.",
      );
      for (const index of [0, 2])
        check(same(fulfilled(outcomes, index), value), `The failing item changed outcome ${index}.`);
    }),
  ),
  define("exactly `maxBatch` items", [], (subject) =>
    withSubject(subject, async (opened) => {
      const { locator, value } = first(subject);
      const size = opened.session.maxBatch ?? 2;
      const values = await batch(
        opened,
        Array.from({ length: size }, () => locator),
      );
      check(
        values.every((held) => same(held, value)),
        `A batch of exactly ${size} items must be answered like a smaller one.`,
      );
    }),
  ),
  define("duplicates and two names of one secret", ["alias"], (subject) =>
    withSubject(subject, async (opened) => {
      const { locator, value } = first(subject);
      const values = await batch(opened, [locator, subject.alias, locator]);
      check(
        values.every((held) => same(held, value)),
        "A document asked for twice, or by two names, must be given each time.",
      );
    }),
  ),
  define("a whole-call fault rejects the call", [], async (subject) => {
    const { locator } = first(subject);
    await refused(
      withSession(subject.broken("lapse"), subject.env, async (opened) => {
        await subject.lapse?.();
        return opened.session.readMany?.([locator, locator], opened.context()) ?? fail(ABSENT);
      }),
      "unauthenticated",
      "`readMany` with lapsed credentials",
      "What befalls the call rejects it; outcomes are for what befalls one document.",
    );
  }),
];

const ABSENT = "The session offers no `readMany`. Add it, or say in `skip` why it does not apply to this vault.";

type Outcomes = ReadonlyArray<PromiseSettledResult<SecretDocument>>;

async function settle({ session, context }: Opened, locators: readonly Locator[]): Promise<Outcomes> {
  const readMany = offered(session, "readMany").bind(session);
  const outcomes: Outcomes = await answered(readMany(locators, context()), "`readMany`");
  const count = Array.isArray(outcomes) ? outcomes.length : undefined;
  check(
    count === locators.length,
    `\`readMany\` of ${locators.length} locators must give as many outcomes, but gave ${kind(outcomes)}.`,
  );
  return outcomes;
}

async function batch(opened: Opened, locators: readonly Locator[]): Promise<readonly unknown[]> {
  const outcomes = await settle(opened, locators);
  return outcomes.map((_, index) => fulfilled(outcomes, index));
}

function fulfilled(outcomes: Outcomes, index: number): unknown {
  const outcome = outcomes[index];
  if (outcome?.status === "fulfilled") return outcome.value.value;
  return fail(`Outcome ${index} of \`readMany\` must be a document, but is a failure.`);
}
