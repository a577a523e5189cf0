import { judge } from "../kit/attempts.ts";
import { settlesWithin } from "../kit/bounded.ts";
import { calls } from "../kit/calls.ts";
import { type Definition, group } from "../kit/definition.ts";
import { answered, check, isOwn, same } from "../kit/expect.ts";
import { failureOf } from "../kit/failure.ts";
import { expectAborted, expectNobodyFollowed } from "./faults.ts";
import { first, type Opened, withSession } from "../kit/session.ts";
import { skipped } from "../kit/skipped.ts";
import type { LaterFault, Subject } from "../subject.ts";
import type { Context, ErrorCode, Session } from "@vaultlink/core/provider";

const define = group("faults");

/** A vault that misbehaves only after `open`, so that every call meets it. */
export const breakingCases: readonly Definition[] = [
  define("a hang after `open`: every call settles after the abort", ["breaking"], (subject) =>
    broken(subject, "hang", async (opened, begin) => {
      await begin();
      for (const [name, begun] of everyCall(subject, opened.session)) {
        const controller = new AbortController();
        const call = begun(opened.context({ signal: controller.signal }));
        call.catch(() => {});
        // A vault that is asked: before that, there is nothing to cancel.
        const wasOver = await settlesWithin(call, 50);
        controller.abort();
        check(
          await settlesWithin(call, 250),
          `\`${name}\` was still pending 250 ms after its signal aborted. Hand \`context.signal\` to the SDK or to \`fetch\`.`,
        );
        if (!wasOver) await expectAborted(call, name, controller.signal);
      }
    }),
  ),
  define("a fault after `open` is `unavailable`", ["breaking"], async (subject) => {
    for (const fault of LATER_FAULTS) {
      const wanted = meaning(fault);
      await broken(subject, fault, async (opened, begin) => {
        // What was read before must not answer for a vault that fails.
        for (const [, call] of calls(subject, opened.session, opened.context())) await call().catch(() => {});
        await begin();
        for (const [what, call] of calls(subject, opened.session, opened.context())) {
          const failure = await failing(call);
          check(
            failure !== undefined && wanted.includes(failure.code),
            `\`${what}\` at the vault of \`breaking("${fault}")\` must fail with ${wanted.map((code) => `\`${code}\``).join(" or ")}, but ` +
              `${failure === undefined ? "it succeeded" : `failed with ${failure.shown}`}. ${RULES[fault] ?? RULE}`,
          );
          check(
            fault !== "throttle" || subject.throttledForMs === undefined || failure?.details.retryAfterMs !== undefined,
            `The vault of \`breaking("throttle")\` says how long to wait, and the failure of \`${what}\` does not. A ` +
              "`Retry-After` is a number of seconds or a date: `parseRetryAfter` reads both.",
          );
        }
      });
    }
  }),
  define("a fault that is over leaves nothing behind", ["breaking"], async (subject) => {
    for (const fault of ["empty-500", "drop", "throttle"] as const) {
      const { provider, begin, end } = subject.breaking(fault);
      if (end === undefined) skipped("The subject cannot make its vault behave again (`end` of `breaking`).");
      await withSession(provider, subject.env, async ({ session, context }) => {
        await begin();
        for (const [, call] of calls(subject, session, context())) await call().catch(() => {});
        await end();
        for (const [what, call] of calls(subject, session, context())) {
          await answered(call(), `\`${what}\` after the fault \`${fault}\` was over`);
        }
        const { locator, value } = first(subject);
        const document = await answered(session.read(locator, context()), "`read` after a fault was over");
        check(same(document.value, value), "`read` after a fault was over gave another value.");
      });
    }
  }),
  define("a failing call is not sent again", ["breaking", "requests"], async (subject) => {
    for (const fault of ["empty-500", "throttle", "drop", "error-503"] as const) {
      await broken(subject, fault, async (opened, begin) => {
        const healthy = new Map<string, number>();
        for (const [what, call] of calls(subject, opened.session, opened.context())) {
          const before = subject.requests();
          await call().catch(() => {});
          healthy.set(what, subject.requests() - before);
        }
        await begin();
        for (const [what, call] of calls(subject, opened.session, opened.context())) {
          const before = subject.requests();
          await call().catch(() => {});
          judge(what, subject.requests() - before, healthy.get(what) ?? 0);
        }
      });
    }
  }),
  define("a redirect after `open`: no credential arrives there", ["breaking", "witness", "redirected"], (subject) =>
    broken(subject, "redirect", async (opened, begin) => {
      await answered(opened.session.read(first(subject).locator, opened.context()), "`read` of `existing[0]`");
      await begin();
      const seen = subject.witness().length;
      for (const [, call] of calls(subject, opened.session, opened.context())) {
        // Each time another status: see `redirect` of the subject.
        for (let time = 0; time < REDIRECTS; time++) await call().catch(() => {});
      }
      expectNobodyFollowed(subject.witness().slice(seen), subject.canaries);
    }),
  ),
];

/** How many statuses redirect. */
const REDIRECTS = 5;

const LATER_FAULTS = [
  ...(["drop", "html", "empty-500", "error-503", "html-404", "redirect", "other-json", "cut"] as const),
  ...(["error-400", "throttle"] as const),
];

/** What a fault may be reported as. */
function meaning(fault: LaterFault): readonly ErrorCode[] {
  if (fault === "throttle") return ["throttled"];
  return fault === "error-400" ? ["invalid_reference", "invalid_config", "unusable", "denied"] : ["unavailable"];
}

const RULE = "What did not come from the vault, or is no answer, says nothing about the secret.";
const RULES: Partial<Readonly<Record<LaterFault, string>>> = {
  "html-404": "A proxy's page says nothing about the secret: only the vault's own word makes it `not_found`.",
  "error-400": "What the vault does not understand is not mended by asking again: `codeForStatus` helps.",
};

function broken(
  subject: Subject & Required<Pick<Subject, "breaking">>,
  fault: LaterFault,
  use: (opened: Opened, begin: () => void | Promise<void>) => Promise<void>,
): Promise<void> {
  const { provider, begin } = subject.breaking(fault);
  return withSession(provider, subject.env, (opened) => use(opened, begin));
}

/** What is called at a vault that hangs: reads and lists, then what extends and ends credentials. */
function everyCall(
  subject: Subject,
  session: Session,
): ReadonlyArray<readonly [what: string, begin: (context: Context) => Promise<unknown>]> {
  const { renew, release, revoke } = session;
  const asking = ["read", "readMany", "version", "list"] as const;
  const begin =
    (name: string) =>
    (context: Context): Promise<unknown> =>
      calls(subject, session, context)
        .find(([what]) => what === name)?.[1]()
        .then(() => undefined) ?? Promise.resolve();
  return [
    ...asking.filter((name) => session[name] !== undefined).map((name) => [name, begin(name)] as const),
    ...(renew ? [["renew", renew] as const] : []),
    ...(release ? [["release", (context: Context) => release("lease-of-the-kit", context)] as const] : []),
    ...(revoke ? [["revoke", revoke] as const] : []),
  ];
}

async function failing(call: () => Promise<unknown>): Promise<ReturnType<typeof failureOf> | undefined> {
  try {
    await call();
    return undefined;
  } catch (thrown) {
    if (isOwn(thrown)) throw thrown;
    return failureOf(thrown);
  }
}
