import { randomUUID } from "node:crypto";
import type { SecretDocument } from "@vaultlink/core/provider";
import { holds, place } from "../kit/awkward.ts";
import { type Definition, group, type With } from "../kit/definition.ts";
import { answered, check, fail, same } from "../kit/expect.ts";
import { first, type Opened, withSubject } from "../kit/session.ts";
import { skipped } from "../kit/skipped.ts";
import type { Subject } from "../subject.ts";

const define = group("read");

/** Waits until the vault has a read that began, where it tells: a change before that would be no change to it. */
async function arrival({ requests }: Subject, before: number | undefined, read: Promise<unknown>): Promise<void> {
  if (before === undefined) return;
  const over = new AbortController();
  void read.then(() => over.abort());
  for (;;) {
    if (over.signal.aborted || requests?.() !== before) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** Documents that change at the vault. */
export const changingCases: readonly Definition[] = [
  define("`fresh` is obeyed", ["changing"], (subject) =>
    withSubject(subject, (one) =>
      // A second session: what a read has refreshed in the first must not answer for a batch.
      withSubject(subject, async (two) => {
        const { locator, change } = subject.changing;
        const before = await answered(one.session.read(locator, one.context()), "`read` of `changing`");
        await batch(two, subject);
        const value: unknown = await Reflect.apply(change, subject.changing, []);
        const document = await answered(
          one.session.read(locator, one.context({ fresh: true })),
          "`read` of `changing` with `fresh`",
        );
        check(same(document.value, value), stale("`read`"));
        const batched = await batch(two, subject, true);
        check(batched === undefined || same(batched.value, value), stale("`readMany`"));
        if (!same(before.value, value)) checkVersions(before, document);
        const sent = subject.requests?.();
        const older = one.session.read(locator, one.context()).catch(() => {});
        await arrival(subject, sent, older);
        const newest: unknown = await Reflect.apply(change, subject.changing, []);
        const fresh = await answered(
          one.session.read(locator, one.context({ fresh: true })),
          "`read` of `changing` with `fresh`, beside an older one",
        );
        check(same(fresh.value, newest), `${stale("`read`")} Nor may it join a read that began before.`);
        await older;
      }),
    ),
  ),
  define("a changed document is read as it is now", ["put"], (subject) =>
    withSubject(subject, async (opened) => {
      const { session, context } = opened;
      await appears(subject, opened);
      for (const text of ["vlcanary-of-the-kit-before", "vlcanary-of-the-kit-after"]) {
        const placed = await place(subject, "vlkit-changing", [text, { value: text }]);
        if (placed === undefined) return skipped("This vault takes no second value for a name.");
        const document = await answered(session.read(placed.locator, context()), "`read` of what was put");
        check(
          holds(document, placed),
          "`read` gave what was there before a change at the vault. A provider keeps no value: core caches.",
        );
      }
    }),
  ),
  define("the version changes with the value", ["changing"], (subject) =>
    withSubject(subject, async ({ session, context }) => {
      const { locator, change } = subject.changing;
      const before = await answered(session.read(locator, context()), "`read` of `changing`");
      if (before.version === undefined) skipped("The documents of this vault carry no `version`.");
      await Reflect.apply(change, subject.changing, []);
      const after = await answered(
        session.read(locator, context({ fresh: true })),
        "`read` of `changing` with `fresh`",
      );
      if (same(before.value, after.value)) skipped("`change` of the subject makes the same value each time.");
      checkVersions(before, after);
    }),
  ),
];

/** What was missing, and is there now, is found: by `read`, and beside another document by `readMany`. */
async function appears(subject: With<"put">, { session, context }: Opened): Promise<void> {
  const { listed = "" } = subject;
  const { readMany } = session;
  const name = `vlkit-new-${randomUUID().slice(0, 8)}`;
  const locator = { path: `${listed}${name}`, query: {} };
  const known = first(subject).locator;
  await session.read(locator, context()).catch(() => {});
  await readMany?.([locator, known], context()).catch(() => {});
  const text = `vlcanary-of-the-kit-${name}`;
  const placed = await place(subject, name, [text, { value: text }]);
  if (placed === undefined) return;
  const rule =
    "what had been missing before it was put. A provider keeps no refusal either: core remembers what is missing, for a while.";
  const document = await answered(
    session.read(locator, context()),
    "`read` of what had been missing, and was put since,",
  );
  check(holds(document, placed), `\`read\` gave something else for ${rule}`);
  const [outcome] = (await readMany?.([locator, known], context())) ?? [];
  check(
    outcome === undefined || (outcome.status === "fulfilled" && holds(outcome.value, placed)),
    `\`readMany\` does not give ${rule}`,
  );
}

function stale(what: string): string {
  return (
    `After a change at the vault, ${what} with \`context.fresh\` gave what was there before. ` +
    "With `fresh` only the vault may answer: use nothing remembered, not even where a name pointed."
  );
}

async function batch(
  { session, context }: Opened,
  subject: Subject,
  fresh = false,
): Promise<SecretDocument | undefined> {
  const { changing } = subject;
  if (session.readMany === undefined || changing === undefined) return undefined;
  const locators = [changing.locator, first(subject).locator];
  const [outcome] = await answered(
    session.readMany(locators, context(fresh ? { fresh } : {})),
    "`readMany` of `changing`",
  );
  return outcome?.status === "fulfilled" ? outcome.value : fail("`readMany` of `changing` must give its document.");
}

function checkVersions(before: SecretDocument, after: SecretDocument): void {
  check(
    before.version === undefined || before.version !== after.version || before.id !== after.id,
    "The value changed, and the document's `version` did not. Give the vault's own id of the version, or none.",
  );
}
