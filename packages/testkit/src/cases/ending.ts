import { type Definition, group } from "../kit/definition.ts";
import { answered, check, fail } from "../kit/expect.ts";
import { handles, left } from "../kit/handles.ts";
import { first, offered, withSession, withSubject } from "../kit/session.ts";

const define = group("ending");
const TIMES = 4;

/** How credentials, leases and sessions end. */
export const endingCases: readonly Definition[] = [
  define("`renew` moves the lapse", ["obtained"], (subject) =>
    withSession(subject.obtained.provider(), subject.env, async ({ session, context }) => {
      const renew = offered(session, "renew").bind(session);
      const renewed = await answered(renew(context()), "`renew`");
      const until = typeof renewed === "object" ? renewed.expiresAt : renewed;
      check(
        typeof until === "number" && !Number.isNaN(until),
        "`renew` resolves to the new lapse, in ms since the epoch.",
      );
      check(until >= (session.expiresAt ?? 0), "`renew` brought the lapse nearer.");
    }),
  ),
  define("`release` ends the lease", ["lease"], (subject) =>
    withSubject(subject, async ({ session, context }) => {
      const { lease } = await answered(session.read(subject.lease.locator, context()), "`read` of `lease`");
      if (lease === undefined) return fail("The document of `lease` carries no lease.");
      check(!(await subject.lease.ended(lease)), "The lease has ended before it was released.");
      await answered(offered(session, "release").call(session, lease, context()), "`release`");
      return check(await subject.lease.ended(lease), "The vault still knows the lease after `release`.");
    }),
  ),
  define("`revoke` ends the credential at the vault", ["obtained"], (subject) =>
    withSession(subject.obtained.provider(), subject.env, async ({ session, context }) => {
      await answered(offered(session, "revoke").call(session, context()), "`revoke`");
      check(await subject.obtained.ended(), "The credential that `open` obtained still works after `revoke`.");
    }),
  ),
  define("found credentials offer no `revoke`", ["found"], (subject) =>
    withSession(subject.found(), subject.env, async ({ session }) => {
      check(session.revoke === undefined, "Credentials that were found or handed over are not ours to revoke.");
    }),
  ),
  define("`close` leaves no handle", [], async (subject) => {
    const use = (): Promise<unknown> =>
      withSubject(subject, ({ session, context }) => session.read(first(subject).locator, context()));
    // Loads what is loaded once.
    await use();
    const before = handles();
    // Several times: a timer of somebody else's that ends meanwhile must not hide what is left.
    for (let time = 0; time < TIMES; time++) await use();
    const more = await left(before);
    check(more.length === 0, `After \`close\`, ${more.join(", ")} kept the process alive.`);
  }),
];
