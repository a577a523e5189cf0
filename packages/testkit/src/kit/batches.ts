import type { Locator, SecretDocument } from "@vaultlink/core/provider";
import type { Existing, Subject } from "../subject.ts";
import { place } from "./awkward.ts";
import { checkDocument } from "./document.ts";
import { answered, check, fail, kind, same } from "./expect.ts";
import { offered, type Opened } from "./session.ts";

/** The current version of a pinned document, pinned too; `undefined` where its qualifier does not name versions as documents do. */
export async function pinnedNow(
  { session, context }: Opened,
  { locator: { path, query } }: Existing,
  now: Existing,
): Promise<Existing | undefined> {
  const [name, ...more] = Object.keys(query);
  if (name === undefined || more.length > 0) return undefined;
  const { version } = await answered(session.read(now.locator, context()), "`read` of the current version");
  if (version === undefined || version === query[name]) return undefined;
  const locator = { path, query: { [name]: version } };
  const document = await session.read(locator, context()).catch(() => undefined);
  return document !== undefined && same(document.value, now.value) ? { locator, value: now.value } : undefined;
}

type Outcomes = ReadonlyArray<PromiseSettledResult<SecretDocument>>;

/** Asks for some documents at once, and fails the case unless each outcome is what `read` gives. */
export async function agrees(opened: Opened, wanted: readonly Existing[]): Promise<void> {
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

/** Asks for some documents at once, which must give one outcome each. */
export async function settle({ session, context }: Opened, locators: readonly Locator[]): Promise<Outcomes> {
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

/** The document of an outcome; fails the case for a failure. */
export function documentAt(outcomes: Outcomes, index: number): SecretDocument {
  const outcome = outcomes[index];
  if (outcome?.status !== "fulfilled") {
    return fail(`Outcome ${index} of \`readMany\` must be a document, but is a failure.`);
  }
  checkDocument(outcome.value, `Outcome ${index} of \`readMany\``);
  return outcome.value;
}

/** As many different documents as there are, or can be made. */
export async function distinct(subject: Subject, size: number): Promise<readonly Existing[]> {
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
