import {
  type Context,
  type Prompter,
  isSecretError,
  type Locator,
  type SecretDocument,
  type SecretError,
  type Session,
} from "@vaultlink/core/provider";
import { CANARY } from "@vaultlink/stand-ins";
import { scanError } from "@vaultlink/testkit";
import { expect } from "vitest";
import { onePassword, type OnePasswordOptions } from "../src/index.ts";

export interface Lent {
  readonly env?: Context["env"];
  readonly signal?: AbortSignal;
  readonly prompter?: Prompter;
  readonly fresh?: boolean;
}

/** A context as core lends it. */
export function context({ env = {}, signal = new AbortController().signal, ...lent }: Lent = {}): Context {
  return { env, signal, ...lent };
}

/** `App/otp/code?attribute=otp` as a locator. */
export function at(text: string): Locator {
  const [path = "", search = ""] = text.split("?");
  return { path, query: Object.fromEntries(new URLSearchParams(search)) };
}

/** Opens with a token, lends the session and closes it whatever happens. */
export async function withSession<T>(
  token: string,
  use: (session: Session) => Promise<T>,
  options: OnePasswordOptions = {},
): Promise<T> {
  const session = await onePassword(options).open(context({ env: { OP_SERVICE_ACCOUNT_TOKEN: token } }));
  try {
    return await use(session);
  } finally {
    await session.close?.();
  }
}

/** What a document holds, which must be text. */
export function textOf({ value }: SecretDocument): string {
  if (typeof value !== "string") throw new Error("The document must be text.");
  return value;
}

/** The refusal of a call that must be refused. Fails the test if it carries a fake secret. */
export async function refused(call: Promise<unknown>): Promise<SecretError> {
  const thrown: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!isSecretError(thrown)) throw new Error("The call was not refused with an error of ours.");
  expect(scanError(thrown, [CANARY])).toEqual([]);
  expect("cause" in thrown).toBe(false);
  return thrown;
}
