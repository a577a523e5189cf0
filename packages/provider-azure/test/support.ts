import {
  type Context,
  type Prompter,
  isSecretError,
  type Locator,
  type SecretDocument,
  type SecretError,
  type Session,
} from "@vaultlink/core/provider";
import { type AzureStandIn, type AzureStartOptions, CANARY, startAzure } from "@vaultlink/stand-ins";
import { scanError } from "@vaultlink/testkit";
import { afterAll, afterEach, beforeAll } from "vitest";
import { azure, type AzureOptions } from "../src/index.ts";

export type Env = Readonly<Record<string, string>>;

export interface Lent {
  readonly env?: Env;
  readonly signal?: AbortSignal;
  readonly prompter?: Prompter;
}

export function context({ env = {}, signal, prompter }: Lent = {}): Context {
  return { env, signal: signal ?? new AbortController().signal, ...(prompter && { prompter }) };
}

export function locator(path: string, query: Readonly<Record<string, string>> = {}): Locator {
  return { path, query };
}

/** What a document holds, which must be text, without what all fake secrets begin with. */
export function textOf({ value }: SecretDocument): string {
  if (typeof value !== "string") throw new Error("The document must be text.");
  return value.replace(CANARY, "");
}

/** Opens, lends the session, and closes it whatever happens. */
export async function withSession<T>(
  options: AzureOptions,
  lent: Lent,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await azure(options).open(context(lent));
  try {
    return await use(session);
  } finally {
    await session.close?.();
  }
}

/** Opens and reads one secret. */
export function readOne(options: AzureOptions, lent: Lent, path = "api-key"): Promise<string> {
  return withSession(options, lent, async (session) => textOf(await session.read(locator(path), context())));
}

/** The refusal of a call that must be refused, which must carry nothing but what errors may. */
export async function refused(call: Promise<unknown>): Promise<SecretError> {
  const thrown: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!isSecretError(thrown)) throw new Error("The call was not refused with an error of ours.");
  if (scanError(thrown, [CANARY]).length > 0 || "cause" in thrown)
    throw new Error("The error carries what it must not.");
  return thrown;
}

/** One stand-in for all tests of a file. */
export function useAzure(options: AzureStartOptions = {}): { readonly azure: AzureStandIn } {
  let standIn: AzureStandIn | undefined;
  beforeAll(async () => {
    standIn = await startAzure(options);
  });
  afterEach(() => {
    standIn?.clearFaults();
    standIn?.log.clear();
  });
  afterAll(() => standIn?.stop());
  return {
    get azure() {
      if (standIn === undefined) throw new Error("The stand-in runs inside tests only.");
      return standIn;
    },
  };
}

/** A person who types this, and nothing else. */
export function typing(...answers: readonly string[]): Prompter & { readonly asked: string[] } {
  const left = [...answers];
  const asked: string[] = [];
  return {
    asked,
    ask: ({ label, secret }) => {
      asked.push(secret ? `${label} (hidden)` : label);
      const answer = left.shift();
      return answer === undefined ? Promise.reject(new Error("declined")) : Promise.resolve(answer);
    },
    open: () => Promise.reject(new Error("no page is expected")),
    show: () => {},
  };
}
