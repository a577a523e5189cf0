import { calls } from "../kit/calls.ts";
import { type Definition, group } from "../kit/definition.ts";
import { answered, check, refused, same } from "../kit/expect.ts";
import { failureOf } from "../kit/failure.ts";
import { checkRenewal } from "../kit/renewal.ts";
import { first, offered, type Opened, withSession } from "../kit/session.ts";
import { skipped } from "../kit/skipped.ts";
import type { Subject } from "../subject.ts";

const define = group("ending");

/** A `renew` that nobody waits for is not made. */
async function cancelledRenewal(subject: Subject, { session, context }: Opened): Promise<void> {
  const renew = offered(session, "renew");
  const before = subject.requests?.();
  const signal = AbortSignal.abort();
  await refused(
    renew(context({ signal })),
    "aborted",
    "`renew` with a signal that has aborted",
    "Hand `context.signal` to each request.",
    signal,
  );
  check(subject.requests?.() === before, "`renew` with a signal that has aborted sent a request.");
}

/** When credentials lapse, and how that is put off. */
export const renewingCases: readonly Definition[] = [
  define("`expiresAt` is when the credentials lapse", [], async (subject) => {
    const { lifetimeMs, provider } = subject.obtained ?? {};
    if (lifetimeMs === undefined || provider === undefined) {
      return skipped("The subject does not say for how long credentials are good (`lifetimeMs` of `obtained`).");
    }
    const began = Date.now();
    return withSession(provider(), subject.env, async ({ session, context }) => {
      checkLapse(session.expiresAt, "`expiresAt`", began, lifetimeMs);
      if (session.renew === undefined) return;
      const again = Date.now();
      const renewed = await answered(session.renew(context()), "`renew`");
      checkLapse(checkRenewal(renewed, session), "The lapse that `renew` gives", again, lifetimeMs);
    });
  }),
  define(
    "`renew` moves the lapse",
    ["obtained"],
    (subject) =>
      withSession(subject.obtained.provider(), subject.env, async ({ session, context }) => {
        const renew = offered(session, "renew");
        await cancelledRenewal(subject, { session, context });
        const before = subject.requests?.();
        const renewed = await answered(renew(context()), "`renew`");
        const made = (subject.requests?.() ?? 0) - (before ?? 0);
        const read = (): Promise<unknown> => session.read(first(subject).locator, context());
        await answered(read(), "`read` after `renew`");
        await Promise.all([
          answered(renew(context()), "`renew` a second time"),
          answered(read(), "`read` beside a `renew`"),
        ]);
        const until = checkRenewal(renewed, session);
        // An object without an end says that the credentials have none.
        if (until === undefined) return;
        check(until >= (session.expiresAt ?? 0), "`renew` brought the lapse nearer.");
        check(before === undefined || made > 0, "`renew` asked the vault nothing, so nothing was renewed.");
      }),
    ["renew"],
  ),
  define(
    "what was renewed outlives what was not",
    ["obtained"],
    async (subject) => {
      const { elapse, provider } = subject.obtained;
      if (elapse === undefined) {
        return skipped("The subject cannot let time pass at its vault (`elapse` of `obtained`).");
      }
      const { locator, value } = first(subject);
      return withSession(provider(), subject.env, (other) =>
        withSession(provider(), subject.env, async ({ session, context }) => {
          const renew = offered(session, "renew");
          await answered(session.read(locator, context()), "`read` before `renew`");
          await elapse();
          await answered(renew(context()), "`renew`");
          await elapse();
          const code = await other.session.read(locator, other.context()).then(
            () => undefined,
            (thrown: unknown) => failureOf(thrown).code,
          );
          check(
            code === "unauthenticated",
            "Credentials that were not renewed still work after `elapse` of the subject, so this case proves nothing. Mend the subject.",
          );
          const document = await answered(
            session.read(locator, context()),
            "`read` with credentials that were renewed, when those from before had lapsed (a stand-in that extends a token " +
              "calls `vault.extend`),",
          );
          check(same(document.value, value), "`read` after `renew` gave another value.");
          for (const [what, call] of calls(subject, session, context()))
            await answered(call(), `\`${what}\` after \`renew\``);
        }),
      );
    },
    ["renew"],
  ),
];

/** What a clock and a round number of seconds may make of a time, in ms. */
const ROUNDED_MS = 2000;

/** A lapse that is too late makes core ask with what is dead; one that is far too early makes it sign in again and again. */
function checkLapse(told: number | undefined, what: string, began: number, lifetimeMs: number): void {
  const latest = Date.now() + lifetimeMs + ROUNDED_MS;
  check(
    told !== undefined && told <= latest && told >= began + lifetimeMs / 2 - ROUNDED_MS,
    `${what} is ${told === undefined ? "absent" : `${Math.round((told - began) / 1000)} s away`}, and the vault's credentials are good for ` +
      `${lifetimeMs / 1000} s. Give the lapse in ms since the epoch; mind the unit in which the vault tells it.`,
  );
}
