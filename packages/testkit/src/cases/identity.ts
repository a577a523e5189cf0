import type { Provider } from "@vaultlink/core/provider";
import { leaks } from "../canaries.ts";
import { type Definition, group } from "../kit/definition.ts";
import { check, refused } from "../kit/expect.ts";
import { withSession } from "../kit/session.ts";
import { skipped } from "../kit/skipped.ts";
import type { Variables } from "../subject.ts";

const define = group("identity");

/** Who the vault says we are: part of every cache key, and shown to people. */
export const identityCases: readonly Definition[] = [
  define("same credentials, same identity, twice", [], async (subject) => {
    const [one, two] = [
      await identity(subject.provider(), subject.env),
      await identity(subject.provider(), subject.env),
    ];
    check(
      one === two,
      "Opening twice with the same credentials gave two identities: the cache would be lost at each opening.",
    );
  }),
  define("other credentials, other identity", ["other"], async (subject) => {
    const one = await identity(subject.provider(), subject.env);
    const two = await identity(subject.other(), subject.otherEnv ?? subject.env);
    check(one !== two, "Two credentials gave one identity: each would be shown the other's cached values.");
  }),
  define("contains no canary", [], async (subject) => {
    await withSession(subject.provider(), subject.env, async ({ session: { identity: shown, roles } }) => {
      if (shown === undefined && roles === undefined) skipped(UNKNOWN);
      const text = [shown, ...(roles ?? [])].join("\n");
      check(
        leaks(text, subject.canaries).length === 0,
        "`identity` and `roles` are printed and logged, and they contain a secret.",
      );
      check(
        !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text.replaceAll("\n", "")),
        "`identity` and `roles` are printed: no control characters.",
      );
    });
  }),
  define("what another identity read stays theirs", ["denied", "other"], async (subject) => {
    const { denied, other, otherEnv, env } = subject;
    await withSession(other(), otherEnv ?? env, async (theirs) => {
      await theirs.session.read(denied, theirs.context()).catch(() => {});
      await withSession(subject.provider(), env, (own) =>
        refused(
          own.session.read(denied, own.context()),
          "denied",
          "`read` of `denied`, after another identity has read it,",
          "Keep nothing outside the session: what one identity may read, another may not.",
        ),
      );
    });
  }),
];

function identity(provider: Provider, env: Variables | undefined): Promise<string> {
  return withSession(provider, env, async ({ session }) => {
    const { identity: shown } = session;
    if (typeof shown === "string" && shown !== "") return shown;
    return skipped(UNKNOWN);
  });
}

const UNKNOWN = "The session says no `identity`: each opening begins with an empty cache.";
