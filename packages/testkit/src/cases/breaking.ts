import { judge } from "../kit/attempts.ts";
import { settlesWithin } from "../kit/bounded.ts";
import { calls } from "../kit/calls.ts";
import { type Definition, group } from "../kit/definition.ts";
import { answered, check, isOwn } from "../kit/expect.ts";
import { failureOf } from "../kit/failure.ts";
import { expectAborted, expectNobodyFollowed } from "./faults.ts";
import { first, type Opened, withSession } from "../kit/session.ts";
import type { LaterFault, Subject } from "../subject.ts";
import type { Context, Session } from "@vaultlink/core/provider";

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
    for (const fault of ["drop", "html", "empty-500", "redirect", "other-json", "cut", "throttle"] as const) {
      const wanted = fault === "throttle" ? "throttled" : "unavailable";
      await broken(subject, fault, async (opened, begin) => {
        await begin();
        for (const [what, call] of calls(subject, opened.session, opened.context())) {
          const failure = await failing(call);
          check(
            failure?.code === wanted,
            `\`${what}\` at the vault of \`breaking("${fault}")\` must fail with \`${wanted}\`, but ` +
              `${failure === undefined ? "it succeeded" : `failed with ${failure.shown}`}. ` +
              "What did not come from the vault, or is no answer, says nothing about the secret.",
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
  define("a failing call is not sent again", ["breaking", "requests"], async (subject) => {
    for (const fault of ["empty-500", "throttle", "drop"] as const) {
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
      for (const [, call] of calls(subject, opened.session, opened.context())) await call().catch(() => {});
      expectNobodyFollowed(subject.witness().slice(seen), subject.canaries);
    }),
  ),
];

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
