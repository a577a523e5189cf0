import { type Definition, group } from "../kit/definition.ts";
import { check } from "../kit/expect.ts";
import { refused } from "../kit/expect.ts";
import { failureOf } from "../kit/failure.ts";
import { first, openAndRead, withSubject } from "../kit/session.ts";

const define = group("absence");

/** "Not there" must never be confused with "could not ask". */
export const absenceCases: readonly Definition[] = [
  define("says `not_found` for what does not exist", [], (subject) =>
    withSubject(subject, async ({ session, context }) => {
      await refused(
        session.read(subject.missing, context()),
        "not_found",
        "`read` of `missing`",
        "Absence is a code, never a value: no `null`, no empty document.",
      );
    }),
  ),
  define("`not_found`, `denied` and `unavailable` stay apart", ["denied"], async (subject) => {
    await withSubject(subject, async ({ session, context }) => {
      await refused(
        session.read(subject.denied, context()),
        "denied",
        "`read` of `denied`",
        "`denied` is for what the vault refuses to this identity; only the vault's own word makes it `not_found`.",
      );
    });
    const failure = await openAndRead(subject.broken("empty-500"), subject.env, subject.missing).then(
      () => undefined,
      (thrown: unknown) => failureOf(thrown),
    );
    check(
      failure?.code !== "not_found" && failure?.code !== "denied",
      `A vault that answers 500 was reported as ${failure?.shown ?? ""}. It has said nothing about the secret: \`unavailable\`.`,
    );
  }),
  define("does not mistake an unreachable vault for a missing secret", [], async (subject) => {
    for (const locator of [first(subject).locator, subject.missing]) {
      await refused(
        openAndRead(subject.broken("refuse"), subject.env, locator),
        "unavailable",
        'Asking the vault of `broken("refuse")`',
        "`not_found` is the vault's answer; where nobody answered, the code is `unavailable`.",
      );
    }
  }),
  define("says `unusable` for what exists and cannot be given", ["unusable"], (subject) =>
    withSubject(subject, async ({ session, context }) => {
      await refused(
        session.read(subject.unusable, context()),
        "unusable",
        "`read` of `unusable`",
        "What is disabled, deleted in this version or of the wrong type exists: it is neither missing nor empty.",
      );
    }),
  ),
];
