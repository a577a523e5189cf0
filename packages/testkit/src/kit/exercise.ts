import type { Locator, Provider } from "@vaultlink/core/provider";
import type { Fault, Subject } from "../subject.ts";
import { settlesWithin } from "./bounded.ts";
import { lend } from "./context.ts";
import { isOwn } from "./expect.ts";
import { closing, first, openAndRead, type Opened, withSession, withSubject } from "./session.ts";
import { openSession } from "./watch.ts";

/** Something a provider threw, and in answer to what. */
export interface Thrown {
  readonly during: string;
  readonly thrown: unknown;
  /** The signal of the call, where that aborted. */
  readonly signal?: AbortSignal;
}

const FAULTS: readonly Fault[] = [
  "refuse",
  "drop",
  "html",
  "empty-500",
  "redirect",
  "throttle",
  "bad-credentials",
  "lapse",
];

const LATER_FAULTS = [
  ...(["drop", "html", "empty-500", "redirect", "throttle", "other-json", "cut"] as const),
  ...(["error-400", "error-503", "html-403", "html-404", "html-503", "throttle-silent"] as const),
];

/** Notes what a call throws, if it does. What the kit itself throws, ends the case. */
type Note = (during: string, call: () => Promise<unknown>, signal?: AbortSignal) => Promise<void>;

/** Calls everything a subject offers, in health and with every fault, and collects what was thrown. */
export async function exercise(subject: Subject): Promise<readonly Thrown[]> {
  const found: Thrown[] = [];
  const note: Note = (during, call, signal) =>
    call().then(
      () => {},
      (thrown: unknown) => {
        if (isOwn(thrown)) throw thrown;
        found.push({ during, thrown, ...(signal && { signal }) });
      },
    );
  await withSubject(subject, (opened) => visit(subject, opened, note));
  for (const fault of FAULTS) {
    await note(`broken("${fault}")`, () => openAndRead(subject.broken(fault), subject.env, first(subject).locator));
  }
  await note('broken("lapse")', () => lapse(subject, note));
  await ended(subject, note);
  await refusedListing(subject, note);
  await broken(subject, note);
  await hang(subject, note);
  return found;
}

async function visit(subject: Subject, { session, context }: Opened, note: Note): Promise<void> {
  const { missing, denied, unusable, impossible } = subject;
  for (const { locator } of subject.existing) {
    const controller = new AbortController();
    await note("read of an existing document", () => session.read(locator, context({ signal: controller.signal })));
    // Nobody waits for what was answered: nothing comes of it.
    controller.abort();
  }
  const { path } = first(subject).locator;
  const odd: Locator = { path, query: { vlkit: "1" } };
  for (const [what, locator] of Object.entries({ missing, denied, unusable, impossible, odd })) {
    if (locator !== undefined) await note(`read of \`${what}\``, () => session.read(locator, context()));
    if (locator !== undefined) await note(`version of \`${what}\``, async () => session.version?.(locator, context()));
  }
  const failing = [missing, denied, unusable, impossible].filter((locator) => locator !== undefined);
  await everything(subject, { session, context }, note, "in health", failing);
}

/** All calls but `read`, `renew` and `revoke`. */
async function everything(
  subject: Subject,
  { session, context }: Opened,
  note: Note,
  when: string,
  failing: readonly Locator[] = [],
): Promise<void> {
  const { locator } = first(subject);
  for (const other of failing.length === 0 ? [subject.missing] : failing) {
    await note(`readMany ${when}`, async () => {
      const outcomes = (await session.readMany?.([locator, other], context())) ?? [];
      for (const outcome of outcomes) {
        if (outcome.status === "rejected") {
          await note(`readMany ${when}`, () => Promise.reject(outcome.reason as Error));
        }
      }
    });
  }
  await note(`list ${when}`, async () => {
    let count = 0;
    for await (const _ of session.list?.({ prefix: subject.listed ?? "" }, context()) ?? []) if (++count === 20) break;
  });
  await note(`version ${when}`, async () => session.version?.(locator, context()));
}

async function lapse(subject: Subject, note: Note): Promise<void> {
  await withSession(subject.broken("lapse"), subject.env, async (opened) => {
    await subject.lapse?.();
    await everything(subject, opened, note, "after the credentials lapsed");
    await note("renew after the credentials lapsed", async () => opened.session.renew?.(opened.context()));
    await note("release after the credentials lapsed", async () =>
      opened.session.release?.("vlkit-no-such-lease", opened.context()),
    );
  });
}

/** Credentials that were ended: what is left to fail is `renew`, and `revoke` itself. */
async function ended({ obtained, env }: Subject, note: Note): Promise<void> {
  if (obtained === undefined) return;
  await withSession(obtained.provider(), env, async ({ session, context }) => {
    if (session.revoke === undefined) return;
    await note("revoke", async () => session.revoke?.(context()));
    await note("renew after `revoke`", async () => session.renew?.(context()));
    await note("revoke after `revoke`", async () => session.revoke?.(context()));
  });
}

async function refusedListing(subject: Subject, note: Note): Promise<void> {
  const { unlisted, env } = subject;
  if (unlisted === undefined) return;
  await note("open without the permission to list", () =>
    withSession(unlisted(), env, (opened) => everything(subject, opened, note, "without the permission to list")),
  );
}

/** A vault that begins to misbehave after `open`. */
async function broken(subject: Subject, note: Note): Promise<void> {
  for (const fault of LATER_FAULTS) {
    const breaking = subject.breaking?.(fault);
    if (breaking === undefined) return;
    await withSession(breaking.provider, subject.env, async (opened) => {
      await breaking.begin();
      await note(`breaking("${fault}")`, () => opened.session.read(first(subject).locator, opened.context()));
      await everything(subject, opened, note, `with breaking("${fault}")`);
    });
  }
}

/** A call that is given up may throw as well; one that ignores its abort throws nothing. */
async function hang(subject: Subject, note: Note): Promise<void> {
  const controller = new AbortController();
  const provider: Provider = subject.broken("hang");
  const context = lend(provider, subject.env, { signal: controller.signal });
  const given = async (): Promise<void> => {
    const session = await openSession(provider, context);
    await closing(session, () => session.read(first(subject).locator, context));
  };
  const noted = note('broken("hang"), given up', given, controller.signal);
  await settlesWithin(noted, 20);
  controller.abort();
  await settlesWithin(noted, 250);
}
