import { applyRule, type Failure, rethrown, type SecretError } from "@vaultlink/core/provider";
import type { During } from "./errors/error-rule.ts";
import { findRule } from "./errors/rules.ts";
import type { Exchange } from "./exchanges.ts";
import type { AuthMethod } from "./options.ts";
import { readSdkError, type SdkError } from "./sdk-error.ts";

/** Turns what the SDK threw into our error. Of the original only machine words remain: the rest may hold a token. */
export function toSecretError(
  thrown: unknown,
  about: {
    readonly during: During;
    readonly exchanges: readonly Exchange[];
    /** The command that gives new credentials. */
    readonly hint: string;
    /** How is being signed in. */
    readonly method?: AuthMethod;
    readonly signal?: AbortSignal;
  },
): SecretError {
  const { during, exchanges, hint, method, signal } = about;
  return rethrown(thrown, signal, () => explain(readSdkError(thrown, exchanges, method), during, hint));
}

/** What a failure means that was met elsewhere, e.g. in another thread. */
export function explain(error: SdkError, during: During, hint: string): SecretError {
  const unknown = "Azure's SDK failed in a way we do not know.";
  return applyRule(findRule(error, during), wordsOf(error), { unknown, hint });
}

/** What is kept of it: the name, Azure's own word or number for it, and who to ask about it. */
function wordsOf({ name, exchange }: SdkError): Failure {
  const { status, requestId, retryAfter, numbers, error, inner, code } = exchange ?? {};
  const number = numbers?.[0];
  const called = number === undefined ? (inner ?? error ?? code) : `AADSTS${number}`;
  return {
    ...(name !== undefined && { name }),
    ...(called !== undefined && { code: called }),
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}
