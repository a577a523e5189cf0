import type { Session } from "@vaultlink/core/provider";
import type { Fault, Subject } from "../subject.ts";
import { settlesWithin } from "./bounded.ts";
import { lend } from "./context.ts";
import { first, openAndRead, type Opened, withSubject } from "./session.ts";

/** Something a provider threw, and in answer to what. */
export interface Thrown {
  readonly during: string;
  readonly thrown: unknown;
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

/** Calls everything a subject offers, in health and with every fault, and collects what was thrown. */
export async function exercise(subject: Subject): Promise<readonly Thrown[]> {
  const found: Thrown[] = [];
  const note = (during: string, call: Promise<unknown>): Promise<void> =>
    call.then(
      () => {},
      (thrown: unknown) => void found.push({ during, thrown }),
    );
  await withSubject(subject, (opened) => visit(subject, opened, note, found));
  for (const fault of FAULTS) {
    await note(`broken("${fault}")`, openAndRead(subject.broken(fault), subject.env, first(subject).locator));
  }
  await hang(subject, note);
  return found;
}

type Note = (during: string, call: Promise<unknown>) => Promise<void>;

async function visit(subject: Subject, { session, context }: Opened, note: Note, found: Thrown[]): Promise<void> {
  const { missing, denied, unusable, impossible } = subject;
  for (const { locator } of subject.existing)
    await note("read of an existing document", session.read(locator, context()));
  for (const [what, locator] of Object.entries({ missing, denied, unusable, impossible })) {
    if (locator !== undefined) await note(`read of \`${what}\``, session.read(locator, context()));
  }
  await note("readMany", batch(subject, session, { session, context }, found));
  await note("list", list(session, { session, context }));
}

async function batch(subject: Subject, session: Session, { context }: Opened, found: Thrown[]): Promise<void> {
  const outcomes = await session.readMany?.([first(subject).locator, subject.missing], context());
  for (const outcome of outcomes ?? []) {
    if (outcome.status === "rejected") found.push({ during: "readMany", thrown: outcome.reason });
  }
}

async function list(session: Session, { context }: Opened): Promise<void> {
  let count = 0;
  for await (const _ of session.list?.({ prefix: "" }, context()) ?? []) if (++count === 20) break;
}

/** A call that is given up may throw as well; one that ignores its abort throws nothing. */
async function hang(subject: Subject, note: Note): Promise<void> {
  const controller = new AbortController();
  const provider = subject.broken("hang");
  const context = lend(provider, subject.env, { signal: controller.signal });
  const call = provider.open(context).then(async (session) => {
    try {
      await session.read(first(subject).locator, context);
    } finally {
      await session.close?.();
    }
  });
  const noted = note('broken("hang"), given up', call);
  await settlesWithin(noted, 20);
  controller.abort();
  await settlesWithin(noted, 250);
}
