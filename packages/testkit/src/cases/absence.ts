import type { ErrorCode } from "@vaultlink/core/provider";
import { type Definition, group } from "../kit/definition.ts";
import { answered, check, isOwn, refused, same } from "../kit/expect.ts";
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
      for (const path of ["constructor", "__proto__", "toString"]) {
        const below = subject.missing.path.replace(/[^/]+$/, path);
        await refused(
          session.read({ path: below, query: {} }, context()),
          ABSENT,
          `\`read\` of a document called \`${path}\`, which does not exist,`,
          "What the vault has not got is not found in an object's prototype either.",
        );
      }
    }),
  ),
  define("another name is another document", [], (subject) =>
    withSubject(subject, async ({ session, context }) => {
      const { locator, value } = first(subject);
      for (const [what, path] of unlike(locator.path)) {
        const document = await session.read({ ...locator, path }, context()).catch((thrown: unknown) => {
          if (isOwn(thrown)) throw thrown;
          const { code, shown } = failureOf(thrown);
          check(
            ABSENT.includes(code),
            `\`read\` of the path of \`existing[0]\` ${what} failed with ${shown}, although the vault has said nothing of that sort.`,
          );
        });
        check(
          document === undefined || !same(document.value, value),
          `\`read\` of the path of \`existing[0]\` ${what} gave the document of \`existing[0]\`. Encode each part of a path ` +
            "(`encodePath`), and give only what has exactly the name that was asked for.",
        );
      }
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
      const { locator, value } = first(subject);
      const document = await answered(
        session.read(locator, context()),
        "`read` of `existing[0]` after one of `denied`",
      );
      check(same(document.value, value), "`read` of `existing[0]` after one of `denied` gave another value.");
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

const ABSENT: readonly ErrorCode[] = ["not_found", "invalid_reference", "denied", "ambiguous", "unusable"];

/** Paths that differ from one, and that a provider may take for it. */
function* unlike(path: string): Generator<readonly [what: string, path: string]> {
  const last = path.at(-1) ?? "";
  yield ["with `?vlkit=1` after it", `${path}?vlkit=1`];
  yield ["with `#vlkit` after it", `${path}#vlkit`];
  yield ["with a letter percent-encoded", `${path.slice(0, -1)}%${last.charCodeAt(0).toString(16).padStart(2, "0")}`];
  if (path.includes("/")) yield ["with a slash percent-encoded", path.replace("/", "%2F")];
  yield ["with something after it", `${path}-vlkit`];
  yield ["without its last letter", path.slice(0, -1)];
  yield ["with `%20` after it", `${path}%20`];
  yield ["with a blank after it", `${path} `];
  yield ["with a blank before it", ` ${path}`];
}
