import type { SecretDocument } from "@vaultlink/core/provider";
import { leaks } from "../canaries.ts";
import { type Definition, group } from "../kit/definition.ts";
import { answered, check, fail, isRecord, same } from "../kit/expect.ts";
import { holds, place } from "../kit/awkward.ts";
import { first, type Opened, withSubject } from "../kit/session.ts";
import { skipped } from "../kit/skipped.ts";
import type { Existing, Subject } from "../subject.ts";

const define = group("read");
const ROUNDS = 3;

/** Reads that follow each other, or happen at once. */
export const consistencyCases: readonly Definition[] = [
  define("one secret has one `id`", [], (subject) =>
    withSubject(subject, async ({ session, context }) => {
      const documents = [];
      for (const { locator } of subject.existing) {
        documents.push(await answered(session.read(locator, context()), "`read` of `existing`"));
      }
      const [one, two] = documents;
      const again = await answered(session.read(first(subject).locator, context()), "`read` of `existing[0]`");
      check(
        again.id === one?.id && again.version === one?.version,
        "Reading an unchanged document again gave another `id` or `version`: both are the vault's own, or left out.",
      );
      if (one?.id === undefined) return skipped("The documents of this vault carry no `id`.");
      const text = documents.flatMap(({ id = "", version = "" }) => [id, version]).join("\n");
      check(
        leaks(text, subject.canaries).length === 0,
        "`id` or `version` contains a secret: both are shown to people.",
      );
      const [here, there] = subject.existing;
      check(
        two?.id === undefined || one.id !== two.id || here?.locator.path === there?.locator.path,
        "Two documents have one `id`: resetting one would drop the other.",
      );
      await twins(subject, { session, context });
      if (subject.alias === undefined) return undefined;
      const alias = await answered(session.read(subject.alias, context()), "`read` of `alias`");
      return check(
        alias.id === one.id,
        "Two names of one secret have two `id`s: resetting it would leave one of them.",
      );
    }),
  ),
  define("reads at the same time do not mix", [], (subject) =>
    withSubject(subject, async (opened) => {
      const { session, context } = opened;
      const wanted: Existing[] = [...subject.existing, ...(subject.pinned ? [subject.pinned] : [])];
      for (let round = 0; round < ROUNDS; round++) {
        const order = round % 2 === 0 ? wanted : wanted.toReversed();
        const calls = order.map(({ locator, value }) => async (): Promise<void> => {
          const document = await answered(session.read(locator, context()), "A `read` beside others");
          check(same(document.value, value), MIXED);
        });
        const missing = session.read(subject.missing, context()).then(
          () => fail("`read` of `missing`, beside other reads, gave a document."),
          () => {},
        );
        await Promise.all([
          ...calls.map((call) => call()),
          missing,
          together(opened, order),
          together(opened, order.slice(0, 1)),
        ]);
      }
    }),
  ),
  define("a document is the caller's own", [], (subject) =>
    withSubject(subject, async ({ session, context }) => {
      const some = [...subject.existing, ...(subject.bytes ? [subject.bytes] : [])];
      for (const { locator, value } of some) {
        const document = await answered(session.read(locator, context()), "`read` of what exists");
        spoil(document);
        const again = await answered(session.read(locator, context()), "`read` of what exists");
        check(
          same(again.value, value),
          "A caller overwrote the document that it was given, and the next `read` gave the overwritten one. Keep none.",
        );
        if (session.readMany === undefined || (session.maxBatch ?? 2) < 2) continue;
        const [one, two] = await answered(session.readMany([locator, locator], context()), "`readMany` of a duplicate");
        if (one?.status === "fulfilled") spoil(one.value);
        check(
          two?.status !== "fulfilled" || same(two.value.value, value),
          "A caller overwrote a document of a batch, and with it another one. Give each outcome a document of its own.",
        );
      }
    }),
  ),
];

/** Two secrets whose names differ in case only, where the vault tells them apart. */
async function twins(subject: Subject, { session, context }: Opened): Promise<void> {
  const { put } = subject;
  if (put === undefined) return;
  const placed = [];
  for (const name of ["vlkit-twin", "vlkit-TWIN"]) {
    const text = `vlcanary-of-the-kit-${name}`;
    placed.push(await place({ ...subject, put }, name, [text, { value: text }]));
  }
  const documents = [];
  for (const one of placed) {
    if (one === undefined) return;
    const document = await answered(session.read(one.locator, context()), "`read` of what was put");
    // A vault without case has put the second over the first.
    if (!holds(document, one)) return;
    documents.push(document);
  }
  const [one, two] = documents;
  check(
    one?.id === undefined || one.id !== two?.id,
    "Two documents whose names differ in upper and lower case have one `id`: give the vault's own, unchanged.",
  );
}

const MIXED =
  "A `read` gave another value while other reads were under way. Keep what belongs to one call out of the session.";

async function together({ session, context }: Opened, wanted: readonly Existing[]): Promise<void> {
  if (session.readMany === undefined) return;
  const some = wanted.slice(0, session.maxBatch ?? wanted.length);
  const outcomes = await answered(
    session.readMany(
      some.map(({ locator }) => locator),
      context(),
    ),
    "A `readMany` beside other calls",
  );
  some.forEach(({ value }, index) => {
    const outcome = outcomes[index];
    check(outcome?.status === "fulfilled" && same(outcome.value.value, value), MIXED.replace("`read`", "`readMany`"));
  });
}

/** Overwrites what can be overwritten. */
function spoil({ value }: SecretDocument): void {
  if (value instanceof Uint8Array) value.fill(0);
  else if (isRecord(value) && !Object.isFrozen(value)) {
    for (const name of Object.keys(value)) Reflect.set(value, name, "overwritten");
  }
}
