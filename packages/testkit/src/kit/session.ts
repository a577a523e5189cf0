import type { Context, Locator, Provider, SecretDocument, Session } from "@vaultlink/core/provider";
import type { Subject, Variables } from "../subject.ts";
import { type Lent, lend } from "./context.ts";
import { answered, check, fail, isRecord, kind } from "./expect.ts";

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
  const session = await answered(provider.open(lend(provider, env)), "`open`");
  check(
    isRecord(session) && typeof session.read === "function",
    `\`open\` must resolve to a session, but gave ${kind(session)}.`,
  );
  try {
    return await use({ session, context: (lent) => lend(provider, env, lent) });
  } finally {
    await session.close?.();
  }
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
  const session = await provider.open(context);
  try {
    return await session.read(locator, context);
  } finally {
    await session.close?.();
  }
}

/** The subject's first document. */
export function first(subject: Subject): Subject["existing"][number] {
  return subject.existing[0] ?? fail("The subject's `existing` is empty: the kit needs a document that can be read.");
}

/** A member of the session that this case is about. */
export function offered<Member extends keyof Session>(session: Session, member: Member): NonNullable<Session[Member]> {
  const found = session[member];
  if (found === undefined || found === null) {
    return fail(`The session offers no \`${member}\`. Add it, or say in \`skip\` why it does not apply to this vault.`);
  }
  return found;
}
