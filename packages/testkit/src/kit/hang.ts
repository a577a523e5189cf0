import type { Session } from "@vaultlink/core/provider";
import type { Subject } from "../subject.ts";
import { lend } from "./context.ts";
import { settlesWithin } from "./bounded.ts";
import { fail } from "./expect.ts";
import { first, withSubject } from "./session.ts";
import { openSession } from "./watch.ts";

/** A call that a hanging vault does not answer. */
export interface Hanging {
  /** What hangs. */
  readonly what: "open" | "read";
  readonly call: Promise<unknown>;
  /** Present when it is a read that hangs. */
  readonly session?: Session;
  readonly controller: AbortController;
}

/** How long a call must stay unanswered to count as hanging, in ms. */
const HANGS = 50;

/** Subjects of which everything is loaded that is loaded once. */
const loaded = new WeakSet<Subject>();

/** Opens a subject's provider, so that what is loaded once does not count as slowness, nor as left behind. */
export async function loadOnce(subject: Subject): Promise<void> {
  if (loaded.has(subject)) return;
  await withSubject(subject, async () => {});
  loaded.add(subject);
}

/** Calls the vault of `broken("hang")` until something hangs: `open`, or else the first read. */
export async function hanging(subject: Subject): Promise<Hanging> {
  await loadOnce(subject);
  const controller = new AbortController();
  const provider = subject.broken("hang");
  const context = lend(provider, subject.env, { signal: controller.signal });
  const opening = openSession(provider, context);
  opening.catch(() => {});
  if (!(await settlesWithin(opening, HANGS))) return { what: "open", call: opening, controller };
  const session = await opening.catch(() =>
    fail('`open` of `broken("hang")` failed, so nothing hangs. The fault must accept a request and never answer.'),
  );
  const call = session.read(first(subject).locator, context);
  call.catch(() => {});
  if (await settlesWithin(call, HANGS)) {
    await session.close?.();
    fail('Neither `open` nor `read` of `broken("hang")` hangs. The fault must accept a request and never answer.');
  }
  return { what: "read", call, session, controller };
}
