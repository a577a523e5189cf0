import { applyRule, type ErrorCode, type ErrorDetails, SecretError } from "@vaultlink/core/provider";
import { findRule, type OnePasswordErrorRule } from "./errors/error-rule.ts";
import type { SdkError } from "./sdk-error.ts";

/** A failure as it crosses from the thread: nothing of the SDK's is in it. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** What a failure means, by the rules of a way to sign in. */
export function explain(rules: readonly OnePasswordErrorRule[], error: SdkError): Failure {
  const rule = findRule(rules, error);
  // A word of the SDK's, Node's code and the status; all of them fixed, none of them a text.
  const { code, retryAfter, status, type } = error;
  const words = {
    ...(type !== undefined && { name: type }),
    ...(code !== undefined && { code }),
    ...(status !== undefined && { status }),
    ...(retryAfter !== undefined && rule?.code === "throttled" && { retryAfter }),
  };
  const unknown = "1Password, or its SDK, failed in a way we do not know.";
  const { code: called, message, details } = applyRule(rule, words, { unknown });
  return { code: called, message, details };
}

/** The failure as an error of ours. */
export function toError({ code, message, details }: Failure): SecretError {
  return new SecretError(code, message, details);
}
