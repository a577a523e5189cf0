import type { Context, Locator, Provider, SecretDocument, Session } from "@vaultlink/core/provider";
import type { Subject, Variables } from "../subject.ts";
import { type Lent, lend } from "./context.ts";
import type { Offer } from "./definition.ts";
import { answered, fail } from "./expect.ts";
import { failureOf } from "./failure.ts";
import { skipped } from "./skipped.ts";
import { openSession } from "./watch.ts";

/** What a case works with: an open session, and contexts for its calls. */
export interface Opened {
  readonly session: Session;
  /** A context for one call. */
  readonly context: (lent?: Lent) => Context;
}

/** Opens a provider, lends the session to `use`, and closes it whatever happens. */
export async function withSession<T>(
  provider: Provider,
  env: Variables | undefined,
  use: (opened: Opened) => Promise<T>,
): Promise<T> {
  const session = await answered(openSession(provider, lend(provider, env)), "`open`");
  return closing(session, () => use({ session, context: (lent) => lend(provider, env, lent) }));
}

/** Runs a call, and closes the session after it. A failing `close` fails the case, unless the call has failed already. */
export async function closing<T>(session: Session, use: () => Promise<T>): Promise<T> {
  let value: T;
  try {
    value = await use();
  } catch (thrown) {
    await session.close?.().catch(() => {});
    throw thrown;
  }
  await session.close?.().catch((thrown: unknown) => {
    fail(
      `\`close\` must succeed, but failed with ${failureOf(thrown).shown}. What cannot be freed is not the caller's to mend.`,
    );
  });
  return value;
}

/** Opens the subject's own provider. */
export function withSubject<T>(subject: Subject, use: (opened: Opened) => Promise<T>): Promise<T> {
  return withSession(subject.provider(), subject.env, use);
}

/** Opens and reads once, as one call: a fault may show in either. */
export async function openAndRead(
  provider: Provider,
  env: Variables | undefined,
  locator: Locator,
  lent: Lent = {},
): Promise<SecretDocument> {
  const context = lend(provider, env, lent);
  const session = await openSession(provider, context);
  return closing(session, () => session.read(locator, context));
}

/** The subject's first document. */
export function first(subject: Subject): Subject["existing"][number] {
  return subject.existing[0] ?? fail("The subject's `existing` is empty: the kit needs a document that can be read.");
}

/** A member of the session that this case is about. Without it, the case does not apply. */
export function offered<Member extends Offer>(session: Session, member: Member): NonNullable<Session[Member]> {
  const found = session[member];
  if (found === undefined || found === null) return skipped(`The session offers no \`${member}\`.`);
  return found;
}
