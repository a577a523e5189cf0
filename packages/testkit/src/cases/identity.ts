import type { Provider } from "@vaultlink/core/provider";
import { leaks } from "../canaries.ts";
import { credentialParts } from "../kit/credential-parts.ts";
import { type Definition, group } from "../kit/definition.ts";
import { answered, check, refused } from "../kit/expect.ts";
import { first, openAndRead, type Opened, withSession, withSubject } from "../kit/session.ts";
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
        leaks(text, [...subject.canaries, ...credentialParts(subject)]).length === 0,
        "`identity` and `roles` are printed and logged, and they contain a secret, or how one begins or ends.",
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
  define("a wrong secret is refused after a right one", [], async (subject) => {
    const wrong = subject.wrongEnv ?? spoiltEnv(subject);
    if (wrong === undefined) {
      return skipped("No variable of the subject's `env` holds a canary, and it says no `wrongEnv`.");
    }
    const { locator } = first(subject);
    const used = subject.provider();
    await answered(openAndRead(used, subject.env, locator), "`open` and `read` with the right secret");
    for (const [what, provider] of [
      ["the same provider", used],
      ["another provider of the same options", subject.provider()],
    ] as const) {
      await refused(
        openAndRead(provider, wrong, locator),
        ["unauthenticated", "denied", "invalid_config", "unusable"],
        `\`open\` and \`read\` of ${what} with a wrong secret, after it was opened with the right one,`,
        "Keep no token from one `open` to the next: a name alone would get in, once its owner has.",
      );
      await answered(
        openAndRead(provider, subject.env, locator),
        `\`open\` and \`read\` of ${what} with the right secret, after a wrong one: keep no refusal either; it`,
      );
    }
  }),
];

/** Variables of which those that hold a secret hold another: the right ones with one character after them. */
function spoiltEnv({ env = {}, canaries }: Subject): Variables | undefined {
  const spoilt = Object.entries(env).map(([name, value]) => [
    name,
    leaks(value, canaries).length > 0 ? `${value}x` : value,
  ]);
  const wrong = Object.fromEntries(spoilt) as Variables;
  return Object.entries(env).some(([name, value]) => wrong[name] !== value) ? wrong : undefined;
}

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
