import type { Context, Locator, Provider, Session } from "@vaultlink/core/provider";
import { pending } from "./current-case.ts";
import { check, fail, isRecord, kind } from "./expect.ts";

const CALLS = ["read", "readMany", "version", "renew", "release", "revoke", "close"] as const;
const FACTS = ["identity", "roles", "expiresAt", "renewAt", "maxBatch", "maxConcurrency"] as const;

/** Opens a provider. The session's calls are watched: what is pending is known, and what throws is told from what rejects. */
export async function openSession(provider: Provider, context: Context): Promise<Session> {
  const session = await promised("open", () => provider.open(context));
  check(
    isRecord(session) && typeof session.read === "function",
    `\`open\` must resolve to a session, but gave ${kind(session)}.`,
  );
  return watched(session);
}

const REAL: unique symbol = Symbol("the session itself");

/** The session that a watched one stands for. */
export function unwatched(session: Session): Session {
  return (session as { readonly [REAL]?: Session })[REAL] ?? session;
}

/** The same session, each call noted while it is pending. */
function watched(session: Session): Session {
  const held: Record<PropertyKey, unknown> = { [REAL]: session };
  for (const name of FACTS) if (session[name] !== undefined) held[name] = session[name];
  for (const name of CALLS) {
    const call: unknown = session[name];
    if (call === undefined || call === null) continue;
    if (typeof call !== "function") held[name] = call;
    else
      held[name] = (...given: unknown[]) => promised(name, () => Reflect.apply(call, session, lent(given)) as unknown);
  }
  const { list, requests } = session;
  if (typeof list === "function") {
    held["list"] = (...given: Parameters<typeof list>) =>
      watchedList(Reflect.apply(list, session, lent(given)) as never);
  } else if (list !== undefined) held["list"] = list;
  if (requests !== undefined) held["requests"] = typeof requests === "function" ? requests.bind(session) : requests;
  return held as unknown as Session;
}

/** What a call is given, as the caller's own: whoever changes it fails. */
function lent(given: readonly unknown[]): unknown[] {
  const [first, ...more] = given;
  if (Array.isArray(first)) return [Object.freeze((first as readonly Locator[]).map(frozen)), ...more];
  return typeof first === "object" && first !== null && !("signal" in first) ? [frozen(first), ...more] : [...given];
}

/** A locator, or the query of a listing. */
function frozen<Asked extends object>(asked: Asked): Asked {
  const { query } = asked as Partial<Locator>;
  return Object.freeze({ ...asked, ...(query !== undefined && { query: Object.freeze({ ...query }) }) });
}

/** A call that must give a promise, also of a failure. */
function promised<T>(name: string, call: () => Promise<T> | T): Promise<T> {
  let given: unknown;
  try {
    given = call();
  } catch {
    return Promise.resolve().then(() => fail(`\`${name}\` threw instead of rejecting. Make it \`async\`.`));
  }
  const thenable =
    typeof given === "object" && given !== null && typeof (given as { then?: unknown }).then === "function";
  if (!thenable) return Promise.resolve().then(() => fail(`\`${name}\` must give a promise, but gave ${kind(given)}.`));
  return pending(`\`${name}\``, Promise.resolve(given as Promise<T>));
}

function watchedList<Item>(given: AsyncIterable<Item>): AsyncIterable<Item> {
  const iterate: unknown = (given as { [Symbol.asyncIterator]?: unknown } | undefined)?.[Symbol.asyncIterator];
  if (typeof iterate !== "function") fail(`\`list\` must give an async iterable, but gave ${kind(given)}.`);
  return {
    [Symbol.asyncIterator]() {
      const iterator = given[Symbol.asyncIterator]();
      const { return: end } = iterator;
      return {
        next: () => pending("`list`", Promise.resolve(iterator.next())),
        ...(end && { return: () => pending("the end of `list`", Promise.resolve(Reflect.apply(end, iterator, []))) }),
      };
    },
  };
}
