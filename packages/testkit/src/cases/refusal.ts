import { calls } from "../kit/calls.ts";
import { type Definition, group } from "../kit/definition.ts";
import { check, refused } from "../kit/expect.ts";
import { errorFault } from "../kit/error-fault.ts";
import { first, openAndRead, withSession, withSubject } from "../kit/session.ts";
import { survey } from "../kit/survey.ts";

const define = group("refusal");

/** Refusals whose cures differ. */
export const refusalCases: readonly Definition[] = [
  define("bad credentials are `unauthenticated` with `hint`", [], async (subject) => {
    const { details } = await refused(
      openAndRead(subject.broken("bad-credentials"), subject.env, first(subject).locator),
      "unauthenticated",
      'Asking with the credentials of `broken("bad-credentials")`',
      "`unauthenticated` makes core ask for a login; `denied` would send the user to the vault's owner.",
    );
    check(
      typeof details.hint === "string" && details.hint.trim() !== "",
      "`unauthenticated` came without `details.hint`. Name the one command that gets new credentials.",
    );
  }),
  define("credentials that lapse in mid-session are `unauthenticated`, not `denied`", [], (subject) =>
    withSession(subject.broken("lapse"), subject.env, async ({ session, context }) => {
      // What was read before must not answer for credentials that are none any more.
      const healthy = new Map<string, number>();
      for (const [what, call] of subject.lapse === undefined ? [] : calls(subject, session, context())) {
        const before = subject.requests?.() ?? 0;
        await call().catch(() => {});
        healthy.set(what, (subject.requests?.() ?? 0) - before);
      }
      await subject.lapse?.();
      for (const [what, call] of calls(subject, session, context())) {
        const before = subject.requests?.() ?? 0;
        const { details } = await refused(
          call(),
          "unauthenticated",
          `\`${what}\` after the credentials lapsed`,
          "`unauthenticated` makes core open the connection again; `denied` would drop the value and stop there.",
        );
        check(
          details.hint !== undefined && details.hint.trim() !== "",
          `\`${what}\` after the credentials lapsed came without \`details.hint\`. Name the one command that gets new ones.`,
        );
        const made = (subject.requests?.() ?? 0) - before;
        check(
          made <= (subject.requestsPerLapse ?? healthy.get(what) ?? made),
          `\`${what}\` after the credentials lapsed made ${made} requests, where a healthy one makes ${healthy.get(what) ?? 0}. ` +
            "Core signs in anew and asks again: a provider says `unauthenticated`, once.",
        );
      }
    }),
  ),
  define("`throttled` carries `retryAfterMs` when the vault says it", [], async (subject) => {
    const { details } = await refused(
      openAndRead(subject.broken("throttle"), subject.env, first(subject).locator),
      "throttled",
      'Asking the vault of `broken("throttle")`',
      "A vault that says it is busy has not refused.",
    );
    const { throttledForMs: wanted } = subject;
    const { retryAfterMs: got } = details;
    check(
      wanted === undefined ||
        (got !== undefined && (got === wanted || Math.abs(got - wanted) <= Math.min(1000, wanted / 2))),
      `The vault asks to wait ${wanted} ms, and \`details.retryAfterMs\` is ${got === undefined ? "absent" : got}. ` +
        "Core waits exactly as long as the vault says; `parseRetryAfter` reads the header.",
    );
  }),
  define("an impossible locator is `invalid_reference` without a request", ["impossible", "requests"], (subject) =>
    withSubject(subject, async ({ session, context }) => {
      const before = subject.requests();
      await refused(
        session.read(subject.impossible, context()),
        "invalid_reference",
        "`read` of `impossible`",
        "What cannot name anything here is the user's slip, to be mended in the reference.",
      );
      const made = subject.requests() - before;
      check(made === 0, `\`read\` of \`impossible\` made ${made} requests. Check the locator before anything is sent.`);
    }),
  ),
  define("an unknown qualifier is `invalid_reference`", [], (subject) =>
    withSubject(subject, async ({ session, context }) => {
      const { locator } = first(subject);
      const shouted = Object.keys(subject.pinned?.locator.query ?? {}).map((name) => name.toUpperCase());
      for (const name of ["vlkit", "versoin", "constructor", ...shouted]) {
        const before = subject.requests?.();
        const odd = { ...locator, query: { ...locator.query, [name]: "1" } };
        await refused(
          session.read(odd, context()),
          "invalid_reference",
          `\`read\` of \`existing[0]\` with the qualifier \`${name}\``,
          "A qualifier that is ignored, e.g. a misspelt `version`, gives another secret than the one that was asked for.",
        );
        check(subject.requests?.() === before, "Check the qualifiers of a locator before anything is sent.");
        if (session.readMany === undefined) continue;
        const outcomes = await session.readMany([odd, locator], context()).catch(() => []);
        check(
          outcomes[0]?.status !== "fulfilled",
          `\`readMany\` ignored the qualifier \`${name}\`, which \`read\` refuses.`,
        );
      }
    }),
  ),
  define("throws only what a provider may throw", [], async (subject) => {
    for (const { during, thrown, signal } of (await survey(subject)).thrown) {
      const fault = errorFault(thrown, signal);
      check(fault === undefined, `The error thrown during ${during} ${fault ?? ""}`);
    }
  }),
];
