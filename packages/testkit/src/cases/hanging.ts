import { settlesWithin } from "../kit/bounded.ts";
import { breakingSession, NO_END } from "../kit/breaking-session.ts";
import { everyCall } from "../kit/calls.ts";
import { type Definition, group, type With } from "../kit/definition.ts";
import { answered, check, same } from "../kit/expect.ts";
import { placeMany } from "../kit/listing.ts";
import { first, withSession } from "../kit/session.ts";
import { skipped } from "../kit/skipped.ts";
import { expectAborted } from "./faults.ts";

const define = group("faults");
/** How long a call must stay unanswered to count as hanging, in ms. */
const HANGS = 50;
/** How long a call may take that nothing holds up, in ms: a bound for a busy machine. */
const ANSWERS = 5000;

/** A vault that no longer answers after `open`. */
export const hangingCases: readonly Definition[] = [
  define("a hang after `open`: every call settles after the abort", ["breaking"], (subject) =>
    breakingSession(subject, "hang", async (opened, begin) => {
      await begin();
      for (const [name, begun] of everyCall(subject, opened.session)) {
        const controller = new AbortController();
        const call = begun(opened.context({ signal: controller.signal }));
        call.catch(() => {});
        // A vault that is asked: before that, there is nothing to cancel.
        const wasOver = await settlesWithin(call, HANGS);
        controller.abort();
        check(
          await settlesWithin(call, 250),
          `\`${name}\` was still pending 250 ms after its signal aborted. Hand \`context.signal\` to the SDK or to \`fetch\`.`,
        );
        if (!wasOver) await expectAborted(call, name, controller.signal);
      }
      await hangsMidway(subject);
    }),
  ),
  define("a read that hangs holds up no other", ["breaking"], async (subject) => {
    const { provider, begin, end } = subject.breaking("hang");
    if (end === undefined) return skipped(NO_END);
    return withSession(provider, subject.env, async ({ session, context }) => {
      const { locator, value } = first(subject);
      await begin();
      const controller = new AbortController();
      const hung = session.read(locator, context({ signal: controller.signal }));
      hung.catch(() => {});
      // By then the vault has the request; the next one is answered.
      await settlesWithin(hung, HANGS);
      await end();
      const next = session.read(locator, context());
      next.catch(() => {});
      const isAnswered = await settlesWithin(next, ANSWERS);
      controller.abort();
      check(
        isAnswered,
        "A `read` waits for another one, which the vault does not answer. Send each request as it comes: no lock, no queue, and " +
          "more than one connection.",
      );
      check(same((await answered(next, "`read` beside one that hangs")).value, value), "It gave another value.");
    });
  }),
];

/** A listing that hangs after its first entry, where there is more than one page. */
async function hangsMidway(subject: With<"breaking">): Promise<void> {
  await placeMany(subject);
  await breakingSession(subject, "hang", async ({ session, context }, begin) => {
    const controller = new AbortController();
    const { signal } = controller;
    const { list } = session;
    if (list === undefined) return;
    let hasBegun = false;
    const listing = (async (): Promise<void> => {
      for await (const _ of list({ prefix: subject.listed ?? "" }, context({ signal }))) {
        if (!hasBegun) await begin();
        hasBegun = true;
      }
    })();
    listing.catch(() => {});
    const wasOver = await settlesWithin(listing, HANGS);
    controller.abort();
    check(
      await settlesWithin(listing, 250),
      "`list` was still pending 250 ms after its signal aborted in the middle. Hand `context.signal` to the request of each page.",
    );
    if (!wasOver) await expectAborted(listing, "list", signal);
  });
}
