import type { Locator } from "@vaultlink/core/provider";
import { type Definition, group } from "../kit/definition.ts";
import { answered, check, isOwn, same } from "../kit/expect.ts";
import { failureOf } from "../kit/failure.ts";
import { first, offered, withSubject } from "../kit/session.ts";
import { unlike } from "../kit/unlike.ts";
import type { Subject } from "../subject.ts";

const define = group("read");
/** What `version` tells without the value. */
export const versionCases: readonly Definition[] = [
  define(
    "`version` agrees with `read`",
    [],
    (subject) =>
      withSubject(subject, async ({ session, context }) => {
        const version = offered(session, "version");
        for (const [what, locator] of known(subject)) {
          const document = await answered(session.read(locator, context()), `\`read\` of ${what}`);
          // A part of the vault may keep no versions, or give them by another permission.
          const refusal = await codeOf(version(locator, context()));
          if (refusal === "unusable" && document.version === undefined) continue;
          if (refusal === "denied" && what !== "`existing[0]`") continue;
          const told = await answered(version(locator, context()), `\`version\` of ${what}`);
          check(
            told === document.version,
            `\`version\` of ${what} is not the \`version\` of the document that \`read\` gives.`,
          );
        }
        if (subject.changing === undefined) return;
        const { locator, change } = subject.changing;
        const before = await answered(session.read(locator, context()), "`read` of `changing`");
        await Reflect.apply(change, subject.changing, []);
        const told = await answered(version(locator, context()), "`version` of `changing`");
        const after = await answered(
          session.read(locator, context({ fresh: true })),
          "`read` of `changing` with `fresh`",
        );
        check(told === after.version, "After a change at the vault, `version` still told the version before it.");
        check(
          same(before.value, after.value) || told !== before.version || before.id !== after.id,
          "The value changed, and `version` did not.",
        );
      }),
    ["version"],
  ),
  define(
    "`version` fails where `read` does",
    [],
    (subject) =>
      withSubject(subject, async ({ session, context }) => {
        const version = offered(session, "version");
        for (const [what, locator, mayTell] of unreadable(subject)) {
          const wanted = await codeOf(session.read(locator, context()));
          const told = await codeOf(version(locator, context()));
          check(
            told === wanted || (mayTell && told === undefined),
            `\`read\` of ${what} fails with \`${wanted ?? ""}\`, and \`version\` ${told === undefined ? "tells one" : `fails with \`${told}\``}.`,
          );
        }
      }),
    ["version"],
  ),
];

/** Everything that the subject says can be read. */
function* known({ existing, pinned, alias }: Subject): Generator<readonly [what: string, locator: Locator]> {
  for (const [index, { locator }] of existing.entries()) yield [`\`existing[${index}]\``, locator];
  if (pinned !== undefined) yield ["`pinned`", pinned.locator];
  if (alias !== undefined) yield ["`alias`", alias];
}

/** What cannot be read, and whether its version may be told all the same: where that is another permission. */
function* unreadable(subject: Subject): Generator<readonly [what: string, locator: Locator, mayTell: boolean]> {
  const { missing, denied, unusable, impossible, pinned } = subject;
  yield ["`missing`", missing, false];
  if (impossible !== undefined) yield ["`impossible`", impossible, false];
  if (denied !== undefined) yield ["`denied`", denied, true];
  if (unusable !== undefined) yield ["`unusable`", unusable, true];
  const { locator } = first(subject);
  yield ["`existing[0]` with an unknown qualifier", { ...locator, query: { ...locator.query, vlkit: "1" } }, false];
  if (pinned === undefined) return;
  const query = Object.fromEntries(Object.entries(pinned.locator.query).map(([name, value]) => [name, unlike(value)]));
  yield ["`pinned` in a version that does not exist", { ...pinned.locator, query }, false];
}

async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (thrown) {
    if (isOwn(thrown)) throw thrown;
    return failureOf(thrown).code;
  }
}
