import { defineProvider } from "../contract/plugin.ts";
import { SecretError } from "../errors/secret-error.ts";
import { declining } from "./prompt.ts";
import type { Context, ListEntry, Locator, Provider, SecretDocument, Session } from "../contract/provider.ts";
import { programDocument, programEntry, programRefusal } from "./exec-answers.ts";
import { type Callbacks, type ExecLine, MAX_FRAME_BYTES, type ProgramOptions, startProgram } from "./exec-line.ts";
import { fieldsOf } from "./fields.ts";

/** How a provider that is a program is found and set up. */
export interface ExecProviderOptions extends ProgramOptions {
  /** Names the provider, as in `Provider`. */
  readonly name: string;
  /** Variables that the program is given, as in `Provider`. */
  readonly envVariables?: readonly string[];
  /** What the program is told about the connection: JSON, no secret. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** How long it may take to end, in ms. @default 1,000 */
  readonly graceMs?: number;
}

/** Ms that a call may take where core names no deadline. */
const CALL_MS = 60_000;
const PROTOCOL = "vaultlink.provider";

/**
 * A provider that is a program in any language: it is started for each session, and answers requests on its standard
 * input. Its environment is what `envVariables` names, and nothing else. `docs/providers/programs.md` has the messages.
 */
export function execProvider(settings: ExecProviderOptions): Provider {
  const { name, envVariables = [], graceMs = 1000 } = settings;
  return defineProvider({
    name,
    envVariables,
    async open(context) {
      if (context.signal.aborted) throw new SecretError("aborted", "The call was cancelled.");
      const env = given(context.env, envVariables);
      const line = startProgram(settings, env, callbacksFor(context), programRefusal);
      try {
        return sessionOf(
          line,
          await line.request("rpc.initialize", greeting(settings, env, context), within(context)),
          graceMs,
        );
      } catch (thrown) {
        await line.close(0);
        throw thrown;
      }
    },
  });
}

function given(env: Context["env"], names: readonly string[]): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    const named = names.some((known) => (known.endsWith("*") ? name.startsWith(known.slice(0, -1)) : name === known));
    if (named && value !== undefined) shown[name] = value;
  }
  return shown;
}

function callbacksFor({ prompter }: Context): Callbacks {
  if (prompter === undefined) return {};
  return {
    "client.prompt": async (params) => {
      const { label, secret } = fieldsOf(params, { label: "string", secret: "boolean" });
      return { value: await declining(() => prompter.ask({ label, secret })) };
    },
  };
}

function greeting(
  { options = {} }: ExecProviderOptions,
  env: Readonly<Record<string, string>>,
  context: Context,
): object {
  return {
    protocol: PROTOCOL,
    versions: [1],
    client: { name: "vaultlink", version: "1" },
    limits: { max_frame_bytes: MAX_FRAME_BYTES, max_in_flight: 16 },
    ...(context.prompter && { client_methods: ["client.prompt"] }),
    application: { options, env },
  };
}

function within({ signal, deadline }: Context): { readonly deadline: number; readonly signal: AbortSignal } {
  return { signal, deadline: deadline ?? Date.now() + CALL_MS };
}

/** What the program offers, as a session. */
function sessionOf(line: ExecLine, hello: unknown, graceMs: number): Session {
  const { protocol, version, methods, application } = fieldsOf(hello, {
    ...{ protocol: "string", version: "number", methods: "array", application: "object" },
  });
  if (protocol !== PROTOCOL || version !== 1) {
    throw new SecretError("invalid_config", "The provider's program speaks another version of the protocol.");
  }
  const { identity, expires_at_unix_ms, max_batch } = fieldsOf(application, {
    ...{ identity: "string?", expires_at_unix_ms: "number?", max_batch: "number?" },
  });
  const has = (method: string): boolean => methods.includes(`provider.${method}`);
  const ask = (method: string, params: unknown, context: Context): Promise<unknown> =>
    line.request(`provider.${method}`, params, within(context));
  return {
    ...(identity !== undefined && { identity }),
    ...(expires_at_unix_ms !== undefined && { expiresAt: expires_at_unix_ms }),
    read: async (locator, context) => programDocument(await ask("read", asked(locator, context), context)),
    ...(has("read_many") && {
      ...(max_batch !== undefined && { maxBatch: max_batch }),
      readMany: async (locators, context) => {
        const items = locators.map(({ path, query }) => ({ path, query }));
        const answer = await ask("read_many", { items, ...(context.fresh && { fresh: true }) }, context);
        const { outcomes } = fieldsOf(answer, { outcomes: "array" });
        if (outcomes.length !== locators.length) {
          throw new SecretError("unavailable", "The provider's program did not answer for each document.");
        }
        return Promise.allSettled(outcomes.map(async (outcome) => outcomeOf(outcome)));
      },
    }),
    ...(has("version") && {
      version: async (locator, context) =>
        fieldsOf(await ask("version", asked(locator, context), context), { version: "string" }).version,
    }),
    ...(has("list") && { list: ({ prefix }, context) => pages((params) => ask("list", params, context), prefix) }),
    ...(has("renew") && {
      renew: async (context) =>
        fieldsOf(await ask("renew", {}, context), { expires_at_unix_ms: "number" }).expires_at_unix_ms,
    }),
    ...(has("release") && { release: async (lease, context) => void (await ask("release", { lease }, context)) }),
    ...(has("revoke") && { revoke: async (context) => void (await ask("revoke", {}, context)) }),
    close: () => line.close(graceMs),
  };
}

function asked({ path, query }: Locator, { fresh }: Context): object {
  return { path, query, ...(fresh && { fresh: true }) };
}

function outcomeOf(outcome: unknown): SecretDocument {
  const { error } = fieldsOf(outcome, { error: "object?" });
  if (error !== undefined) throw programRefusal(error);
  return programDocument(outcome);
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
