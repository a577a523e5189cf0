import type { Provider } from "@vaultlink/core/provider";
import { leaks } from "../canaries.ts";
import { type Definition, group } from "../kit/definition.ts";
import { check, refused } from "../kit/expect.ts";
import { first, type Opened, withSession, withSubject } from "../kit/session.ts";
import { skipped } from "../kit/skipped.ts";
import { unwatched } from "../kit/watch.ts";
import type { Subject, Variables } from "../subject.ts";

const define = group("identity");

/** Who the vault says we are: part of every cache key, and shown to people. */
export const identityCases: readonly Definition[] = [
  define("same credentials, same identity, twice", [], async (subject) => {
    const [one, two] = [await steady(subject), await identity(subject.provider(), subject.env)];
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
    const own = (opened: Opened): Promise<unknown> =>
      refused(
        opened.session.read(denied, opened.context()),
        "denied",
        "`read` of `denied`, after another identity has signed in and read it,",
        "Keep nothing outside the session: what one identity may read, another may not.",
      );
    await withSession(other(), otherEnv ?? env, async (theirs) => {
      await theirs.session.read(denied, theirs.context()).catch(() => {});
      await withSession(subject.provider(), env, own);
    });
    // The other way round: who signs in last must not lend their credentials to whoever did before.
    await withSession(subject.provider(), env, (opened) =>
      withSession(other(), otherEnv ?? env, async (theirs) => {
        await theirs.session.read(denied, theirs.context()).catch(() => {});
        await own(opened);
      }),
    );
  }),
];

/** Who it is, which does not change while the session is used. */
function steady(subject: Subject): Promise<string> {
  return withSubject(subject, async ({ session, context }) => {
    const real = unwatched(session);
    const told = real.identity;
    if (typeof told !== "string" || told === "") return skipped(UNKNOWN);
    await session.read(first(subject).locator, context()).catch(() => {});
    check(real.identity === told, "`identity` changed while the session was used. It is what `open` found out.");
    return told;
  });
}

function identity(provider: Provider, env: Variables | undefined): Promise<string> {
  return withSession(provider, env, async ({ session }) => {
    const { identity: shown } = session;
    if (typeof shown === "string" && shown !== "") return shown;
    return skipped(UNKNOWN);
  });
}

const UNKNOWN = "The session says no `identity`: each opening begins with an empty cache.";
