import { applyRule, rethrown, type SecretError } from "@vaultlink/core/provider";
import type { During } from "./errors/error-rule.ts";
import { findRule } from "./errors/rules.ts";
import { readSdkError, type SdkError } from "./sdk-error.ts";

/** Turns what the SDK threw into our error. Of the original only machine words remain: the rest may hold a signature. */
export function toSecretError(
  thrown: unknown,
  about: {
    readonly during: During;
    /** The command that gives new credentials. */
    readonly hint?: string | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): SecretError {
  return rethrown(thrown, about.signal, () => explain(readSdkError(thrown), about.during, about.hint));
}

/** What a failure means that was met elsewhere, e.g. in another thread or inside a batch. */
export function explain(error: SdkError, during: During, hint?: string): SecretError {
  const unknown = "AWS, or its SDK, failed in a way we do not know.";
  return applyRule(findRule(error, during), error, { unknown, hint });
}
