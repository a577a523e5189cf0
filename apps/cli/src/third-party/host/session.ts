import { SecretError } from "@vaultlink/core";
import type { Context, ListEntry, Locator, Session } from "@vaultlink/core/provider";
import type { AskClient } from "./line.ts";
import { documentOf, outcomeOf, type Request, timeOf } from "./wire.ts";

/** Entries of one page of a listing. */
const PAGE = 500;

type Texts = Readonly<Record<string, string>>;

/** What the caller lends for the whole session. */
export interface Lent {
  readonly env: Texts;
  readonly programEnv: Texts | undefined;
}

/** What core would have passed in its own process. */
export function contextOf({ signal, deadline, params }: Request, { env, programEnv }: Lent): Context {
  return {
    ...{ signal, deadline, env },
    ...(programEnv !== undefined && { programEnv }),
    ...(params["fresh"] === true && { fresh: true }),
  };
}

/** The person, whom the client reaches. */
export function prompterOf(ask: AskClient): NonNullable<Context["prompter"]> {
  return {
    ask: async (question) => String((await ask("client.prompt", question))["value"]),
    open: async (url) => void (await ask("client.open_url", { url })),
    show: (text) => void ask("client.show", { text }).catch(() => undefined),
  };
}

/** An open session, and how the requests about it are answered. */
export class ServedSession {
  readonly #session: Session;
  readonly #lent: Lent;
  readonly #listings = new Map<
    string,
    { readonly entries: AsyncIterator<ListEntry, unknown>; readonly end: AbortController }
  >();
  #serial = 0;

  constructor(session: Session, lent: Lent) {
    this.#session = session;
    this.#lent = lent;
  }

  /** What a client is told of it. */
  hello(): object {
    const { identity, roles, expiresAt, renewAt, maxBatch, maxConcurrency } = this.#session;
    const has = (member: keyof Session): boolean => typeof this.#session[member] === "function";
    const names = { read: "read", readMany: "read_many", version: "version", list: "list" } as const;
    const ends = { renew: "renew", release: "release", revoke: "revoke" } as const;
    const methods = Object.entries({ ...names, ...ends }).filter(([member]) => has(member as keyof Session));
    return {
      methods: methods.map(([, method]) => `provider.${method}`),
      application: {
        ...{ identity, roles, requests: this.requests() },
        ...{ max_batch: maxBatch, max_concurrency: maxConcurrency },
        ...{ expires_at_unix_ms: timeOf(expiresAt), renew_at_unix_ms: timeOf(renewAt) },
      },
    };
  }

  async answer(request: Request): Promise<unknown> {
    const { method, params } = request;
    const session = this.#session;
    const context = contextOf(request, this.#lent);
    switch (method) {
      case "provider.read":
        return documentOf(await session.read(locatorOf(params), context));
      case "provider.read_many": {
        const locators = (params["items"] as readonly Readonly<Record<string, unknown>>[]).map(locatorOf);
        return { outcomes: ((await session.readMany?.(locators, context)) ?? []).map(outcomeOf) };
      }
      case "provider.version":
        return { version: await session.version?.(locatorOf(params), context) };
      case "provider.list":
        return this.#list(params, context);
      case "provider.renew": {
        const renewed = await session.renew?.(context);
        if (typeof renewed === "number") return { expires_at_unix_ms: timeOf(renewed) };
        const { identity = null, expiresAt, renewAt } = renewed ?? {};
        return { identity, expires_at_unix_ms: timeOf(expiresAt), renew_at_unix_ms: timeOf(renewAt) };
      }
      case "provider.release":
        return session.release?.(String(params["lease"]), context);
      case "provider.revoke":
        return session.revoke?.(context);
      default:
        throw new SecretError("internal", "The provider was asked for something it does not know.");
    }
  }

  async close(): Promise<void> {
    await this.#session.close?.();
  }

  /** How many requests it has sent so far; `undefined` where it does not count them, or fails to. */
  requests(): number | undefined {
    try {
      return this.#session.requests?.();
    } catch {
      return undefined;
    }
  }

  /** One page, and what continues it. The provider's own listing is kept between pages. */
  async #list({ prefix, cursor }: Request["params"], context: Context): Promise<object> {
    const kept = this.#listings.get(String(cursor)) ?? this.#begin(String(prefix), context);
    this.#listings.delete(String(cursor));
    const abort = (): void => kept.end.abort();
    context.signal.addEventListener("abort", abort, { once: true });
    try {
      const entries: object[] = [];
      while (entries.length < PAGE) {
        const listed = await kept.entries.next();
        if (listed.done === true) return { entries };
        const { locator, folder, holdsFields, title, updatedAt, state } = listed.value;
        const updated_at_unix_ms = timeOf(updatedAt);
        entries.push({ ...locator, folder, holds_fields: holdsFields, title, updated_at_unix_ms, state });
      }
      const next = String(++this.#serial);
      this.#listings.set(next, kept);
      return { entries, next };
    } finally {
      context.signal.removeEventListener("abort", abort);
    }
  }

  #begin(prefix: string, context: Context): { entries: AsyncIterator<ListEntry, unknown>; end: AbortController } {
    const end = new AbortController();
    const listed = this.#session.list?.({ prefix }, { ...context, signal: end.signal });
    if (listed === undefined) throw new SecretError("internal", "The provider lists nothing.");
    return { entries: listed[Symbol.asyncIterator](), end };
  }
}

const locatorOf = ({ path, query }: Readonly<Record<string, unknown>>): Locator => ({
  path: String(path),
  query: { ...(query as Texts | undefined) },
});
