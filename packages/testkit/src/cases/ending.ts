import type { Locator, Session } from "@vaultlink/core/provider";
import { lend } from "../kit/context.ts";
import { type Definition, group, type With } from "../kit/definition.ts";
import { checkDocument } from "../kit/document.ts";
import { answered, check, fail, same } from "../kit/expect.ts";
import { failureOf } from "../kit/failure.ts";
import { handles, left } from "../kit/handles.ts";
import { intervalsOf } from "../kit/intervals.ts";
import { closing, first, offered, openAndRead, type Opened, withSession, withSubject } from "../kit/session.ts";
import { openSession } from "../kit/watch.ts";

const define = group("ending");
const TIMES = 4;

/** Fails the case for a lease that nobody can end. */
async function unreleased(locator: Locator, { session, context }: Opened): Promise<void> {
  const { lease } = await answered(session.read(locator, context()), "`read` of `lease`");
  check(lease === undefined, "A document carries a lease, and the session offers no `release`: nobody can end it.");
}

/** A batch that makes a document on demand gives its lease too. */
async function leasedByBatch(subject: With<"lease">, { session, context }: Opened): Promise<void> {
  const { readMany, release } = session;
  const locators = [subject.lease.locator, first(subject).locator];
  const [outcome] = (await readMany?.(locators, context()).catch(() => undefined)) ?? [];
  if (outcome?.status !== "fulfilled") return;
  const { lease } = outcome.value;
  if (lease === undefined) fail("`readMany` of `lease` gave its document without a lease: nobody can end it.");
  await answered(release?.(lease, context()) ?? Promise.resolve(), "`release` of a lease that a batch gave");
  check(await subject.lease.ended(lease), "The vault still knows the lease of a batch after `release`.");
}

/** Credentials that were ended are renewed by signing in, or not at all. */
async function renewalOfEnded({ session, context }: Opened): Promise<void> {
  const code = await session.renew?.(context()).then(
    () => undefined,
    (thrown: unknown) => failureOf(thrown).code,
  );
  check(
    code === undefined || code === "unauthenticated",
    `\`renew\` of credentials that were ended failed with \`${code ?? ""}\`. Only \`unauthenticated\` makes core sign in anew.`,
  );
}

/** How credentials, leases and sessions end. What extends them: `renewing.ts`. */
export const endingCases: readonly Definition[] = [
  define(
    "`release` ends the lease",
    ["lease"],
    (subject) =>
      withSubject(subject, async ({ session, context }) => {
        if (session.release === undefined) await unreleased(subject.lease.locator, { session, context });
        const release = offered(session, "release");
        const lent = async (): Promise<string> => {
          const document = await answered(session.read(subject.lease.locator, context()), "`read` of `lease`");
          checkDocument(document, "`read` of `lease`");
          const { lease } = document;
          return lease ?? fail("The document of `lease` carries no lease.");
        };
        const [lease, other] = [await lent(), await lent()];
        check(!(await subject.lease.ended(lease)), "The lease has ended before it was released.");
        await answered(release(lease, context()), "`release`");
        check(await subject.lease.ended(lease), "The vault still knows the lease after `release`.");
        check(lease === other || !(await subject.lease.ended(other)), "`release` of one lease has ended another one.");
        await answered(session.read(first(subject).locator, context()), "`read` after `release`");
        await leasedByBatch(subject, { session, context });
      }),
    ["release"],
  ),
  define(
    "`revoke` ends the credential at the vault",
    ["obtained"],
    (subject) =>
      withSession(subject.obtained.provider(), subject.env, (older) =>
        withSession(subject.obtained.provider(), subject.env, async ({ session, context }) => {
          const revoke = offered(session, "revoke");
          check(!(await subject.obtained.ended()), "The credential that `open` obtained has ended before `revoke`.");
          await answered(revoke(context()), "`revoke`");
          check(await subject.obtained.ended(), "The credential that `open` obtained still works after `revoke`.");
          await answered(
            older.session.read(first(subject).locator, older.context()),
            "`read` in another session, which signed in for itself, after `revoke`",
          );
          await renewalOfEnded({ session, context });
        }),
      ),
    ["revoke"],
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
    const repeating = await intervalsOf(async () => void (await use()));
    const before = handles();
    // Several times: a timer of somebody else's that ends meanwhile must not hide what is left.
    for (let time = 0; time < TIMES; time++) await use();
    const more = await left(before);
    check(more.length === 0, `After \`close\`, ${more.join(", ")} kept the process alive.`);
    check(
      repeating() === 0,
      `After \`close\`, ${repeating()} of the session's intervals still run. Core renews, and asks again: a provider needs none.`,
    );
  }),
  define("a failed `open` leaves no handle", [], async (subject) => {
    const fails = async (): Promise<void> => {
      await openAndRead(subject.broken("bad-credentials"), subject.env, first(subject).locator).catch(() => {});
    };
    // Loads what is loaded once.
    await fails();
    const before = handles();
    for (let time = 0; time < TIMES; time++) await fails();
    const more = await left(before);
    check(more.length === 0, `After an \`open\` that failed, ${more.join(", ")} kept the process alive.`);
  }),
  define("closing one session leaves another alone", [], async (subject) => {
    const provider = subject.provider();
    const { locator, value } = first(subject);
    const open = (): Promise<Session> => answered(openSession(provider, lend(provider, subject.env)), "`open`");
    const [one, two] = await Promise.all([open(), open()]);
    await closing(two, async () => {
      await closing(one, async () => {});
      const document = await answered(
        two.read(locator, lend(provider, subject.env)),
        "`read` in a session whose provider has closed another one",
      );
      check(same(document.value, value), "Closing one session changed what another one reads.");
    });
  }),
];
