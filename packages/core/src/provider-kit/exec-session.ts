import { SecretError } from "../errors/secret-error.ts";
import type { Context, ListEntry, Locator, Renewal, SecretDocument, Session } from "../contract/provider.ts";
import { programDocument, programEntry } from "./exec-answers.ts";
import { SentRequests } from "./exec-requests.ts";
import type { ExecLine, LineCall } from "./exec-line.ts";
import { fieldsOf } from "./fields.ts";

/** Ms that a call may take where core names no deadline. */
const CALL_MS = 60_000;
/** What is asked of a program, beside what the wire itself has. */
export const PROTOCOL = "vaultlink.provider";

/** What bounds a call to a program. */
export function within({ signal, deadline }: Pick<Context, "signal" | "deadline">): LineCall {
  return { signal, deadline: deadline ?? Date.now() + CALL_MS };
}

/** How the answers of a program become a session. */
export interface SessionSettings {
  readonly graceMs: number;
  readonly refusalOf: (error: unknown) => SecretError;
}

/** What a program offers, as a session. */
export function sessionOf(line: ExecLine, hello: unknown, { graceMs, refusalOf }: SessionSettings): Session {
  const { protocol, version, methods, application } = fieldsOf(hello, {
    ...{ protocol: "string", version: "number", methods: "array", application: "object" },
  });
  if (protocol !== PROTOCOL || version !== 1) {
    throw new SecretError("invalid_config", "The provider's program speaks another version of the protocol.");
  }
  const { identity, roles, expires_at_unix_ms, renew_at_unix_ms, ...most } = fieldsOf(application, {
    ...{ identity: "string?", roles: "array?", expires_at_unix_ms: "number?", renew_at_unix_ms: "number?" },
    ...{ max_batch: "number?", max_concurrency: "number?" },
  });
  const has = (method: string): boolean => methods.includes(`provider.${method}`);
  const sent = new SentRequests(application);
  const ask = (method: string, params: unknown, context: Context): Promise<unknown> =>
    sent.noting(line.request(`provider.${method}`, params, within(context)));
  return {
    ...(most.max_concurrency !== undefined && { maxConcurrency: most.max_concurrency }),
    ...(sent.isCounted && { requests: () => sent.count }),
    ...(identity !== undefined && { identity }),
    ...(roles !== undefined && { roles: roles.filter((role) => typeof role === "string") }),
    ...(expires_at_unix_ms !== undefined && { expiresAt: expires_at_unix_ms }),
    ...(renew_at_unix_ms !== undefined && { renewAt: renew_at_unix_ms }),
    read: async (locator, context) => programDocument(await ask("read", asked(locator, context), context)),
    ...(has("read_many") && {
      ...(most.max_batch !== undefined && { maxBatch: most.max_batch }),
      readMany: async (locators, context) => {
        const items = locators.map(({ path, query }) => ({ path, query }));
        const answer = await ask("read_many", { items, ...(context.fresh && { fresh: true }) }, context);
        const { outcomes } = fieldsOf(answer, { outcomes: "array" });
        if (outcomes.length !== locators.length) {
          throw new SecretError("unavailable", "The provider's program did not answer for each document.");
        }
        return Promise.allSettled(outcomes.map(async (outcome) => outcomeOf(outcome, refusalOf)));
      },
    }),
    ...(has("version") && {
      version: async (locator, context) =>
        fieldsOf(await ask("version", asked(locator, context), context), { version: "string" }).version,
    }),
    ...(has("list") && { list: ({ prefix }, context) => pages((params) => ask("list", params, context), prefix) }),
    ...(has("renew") && { renew: async (context) => renewalOf(await ask("renew", {}, context)) }),
    ...(has("release") && { release: async (lease, context) => void (await ask("release", { lease }, context)) }),
    ...(has("revoke") && { revoke: async (context) => void (await ask("revoke", {}, context)) }),
    close: () => line.close(graceMs),
  };
}

function asked({ path, query }: Locator, { fresh }: Context): object {
  return { path, query, ...(fresh && { fresh: true }) };
}

function outcomeOf(outcome: unknown, refusalOf: SessionSettings["refusalOf"]): SecretDocument {
  const { error } = fieldsOf(outcome, { error: "object?" });
  if (error !== undefined) throw refusalOf(error);
  return programDocument(outcome);
}

/** A member `identity`, be it `null`, says that the program looked whose the credentials are now. */
function renewalOf(answer: unknown): number | Renewal {
  if (typeof answer !== "object" || answer === null || !Object.hasOwn(answer, "identity")) {
    return fieldsOf(answer, { expires_at_unix_ms: "number" }).expires_at_unix_ms;
  }
  const { identity, expires_at_unix_ms, renew_at_unix_ms } = fieldsOf(answer, {
    ...{ identity: "string?", expires_at_unix_ms: "number?", renew_at_unix_ms: "number?" },
  });
  return {
    ...(identity !== undefined && { identity }),
    ...(expires_at_unix_ms !== undefined && { expiresAt: expires_at_unix_ms }),
    ...(renew_at_unix_ms !== undefined && { renewAt: renew_at_unix_ms }),
  };
}

async function* pages(ask: (params: object) => Promise<unknown>, prefix: string): AsyncGenerator<ListEntry> {
  let cursor: string | undefined;
  do {
    const answer = await ask({ prefix, ...(cursor !== undefined && { cursor }) });
    const { entries, next } = fieldsOf(answer, { entries: "array", next: "string?" });
    for (const entry of entries) yield programEntry(entry);
    cursor = next;
  } while (cursor !== undefined);
}
