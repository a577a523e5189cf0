import { judge } from "../kit/attempts.ts";
import { breakingSession, NO_END } from "../kit/breaking-session.ts";
import { calls, everyCall } from "../kit/calls.ts";
import { type Definition, group, type With } from "../kit/definition.ts";
import { answered, check, isOwn, same } from "../kit/expect.ts";
import { failureOf } from "../kit/failure.ts";
import { expectNobodyFollowed } from "./faults.ts";
import { first, type Opened, withSession } from "../kit/session.ts";
import { skipped } from "../kit/skipped.ts";
import type { LaterFault, Subject } from "../subject.ts";
import type { ErrorCode } from "@vaultlink/core/provider";

const define = group("faults");

/** A vault that misbehaves only after `open`, so that every call meets it. */
export const breakingCases: readonly Definition[] = [
  define("a fault after `open` is `unavailable`", ["breaking"], async (subject) => {
    for (const fault of LATER_FAULTS) {
      const wanted = meaning(fault);
      await breakingSession(subject, fault, async (opened, begin) => {
        // What was read before must not answer for a vault that fails.
        for (const [, call] of calls(subject, opened.session, opened.context())) await call().catch(() => {});
        await begin();
        const all = calls(subject, opened.session, opened.context());
        // Each time another answer: see `other-json` of the subject.
        for (const [what, call] of fault === "other-json" ? Array.from({ length: OTHERS }, () => all).flat() : all) {
          const failure = await failing(call);
          check(
            failure !== undefined && wanted.includes(failure.code),
            `\`${what}\` at the vault of \`breaking("${fault}")\` must fail with ${wanted.map((code) => `\`${code}\``).join(" or ")}, but ` +
              `${failure === undefined ? "it succeeded" : `failed with ${failure.shown}`}. ${RULES[fault] ?? RULE}`,
          );
          if (failure !== undefined) checkWait(fault, what, failure.details.retryAfterMs, subject);
        }
      });
    }
  }),
  define("a fault that is over leaves nothing behind", ["breaking"], async (subject) => {
    for (const fault of ["empty-500", "drop", "throttle"] as const) {
      const { provider, begin, end } = subject.breaking(fault);
      if (end === undefined) skipped(NO_END);
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
      const healthy = new Map<string, number>();
      // In a session of its own: what is revoked last is at its end.
      await breakingSession(subject, fault, async (opened) => {
        for (const [what, made] of await costs(subject, opened)) healthy.set(what, made);
      });
      await breakingSession(subject, fault, async (opened, begin) => {
        await begin();
        for (const [what, made] of await costs(subject, opened)) judge(what, made, healthy.get(what) ?? 0);
      });
    }
  }),
  define("a redirect after `open`: no credential arrives there", ["breaking", "witness", "redirected"], (subject) =>
    breakingSession(subject, "redirect", async (opened, begin) => {
      await answered(opened.session.read(first(subject).locator, opened.context()), "`read` of `existing[0]`");
      await begin();
      const seen = subject.witness().length;
      for (const [, call] of everyCall(subject, opened.session)) {
        // Each time another status: see `redirect` of the subject.
        for (let time = 0; time < REDIRECTS; time++) await call(opened.context()).catch(() => {});
      }
      expectNobodyFollowed(subject.witness().slice(seen), subject.canaries);
    }),
  ),
];

/** How many forms the answer of another service has. */
const OTHERS = 5;
/** How many statuses redirect. */
const REDIRECTS = 5;

const LATER_FAULTS = [
  ...(["drop", "html", "empty-500", "error-503", "html-403", "html-404", "html-503", "redirect", "cut"] as const),
  ...(["other-json", "error-400", "throttle", "throttle-silent"] as const),
];

/** What a fault may be reported as. */
function meaning(fault: LaterFault): readonly ErrorCode[] {
  if (fault === "throttle" || fault === "throttle-silent") return ["throttled"];
  return fault === "error-400" ? ["invalid_reference", "invalid_config", "unusable"] : ["unavailable"];
}

const RULE = "What did not come from the vault, or is no answer, says nothing about the secret.";
const RULES: Partial<Readonly<Record<LaterFault, string>>> = {
  "html-403": "A page of a firewall says nothing about what the vault lets this identity do.",
  "html-404": "A proxy's page says nothing about the secret: only the vault's own word makes it `not_found`.",
  "error-400": "What the vault does not understand is not mended by asking again: `codeForStatus` helps.",
};

/** No vault asks to wait longer, in ms: what is longer is a time that was taken for a duration. */
const LONGEST_MS = 86_400_000;

/** Fails the case unless a failure tells the wait that the vault asks for, and no other. */
function checkWait(fault: LaterFault, what: string, told: number | undefined, { throttledForMs }: Subject): void {
  check(
    fault !== "throttle-silent" || told === undefined,
    `The vault of \`breaking("throttle-silent")\` does not say how long to wait, and the failure of \`${what}\` says ${told} ms. ` +
      "Leave `retryAfterMs` out: core waits longer each time.",
  );
  if (fault !== "throttle" || throttledForMs === undefined) return;
  check(
    told !== undefined && told > 0 && told <= LONGEST_MS,
    `The vault of \`breaking("throttle")\` says how long to wait, and the failure of \`${what}\` says ` +
      `${told === undefined ? "nothing" : `${told} ms`}. A \`Retry-After\` is a number of seconds or a date: \`parseRetryAfter\` reads both.`,
  );
}

/** How many requests each call makes, in turn. */
async function costs(
  subject: With<"requests">,
  { session, context }: Opened,
): Promise<ReadonlyArray<readonly [what: string, made: number]>> {
  const made: Array<readonly [string, number]> = [];
  for (const [what, call] of everyCall(subject, session)) {
    const before = subject.requests();
    await call(context()).catch(() => {});
    made.push([what, subject.requests() - before]);
  }
  return made;
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
