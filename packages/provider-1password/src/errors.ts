import { type ErrorCode, type ErrorDetails, parseRetryAfter, SecretError } from "@vaultlink/core";
import { findRule, type ErrorRule } from "./errors/error-rule.ts";
import type { SdkError } from "./sdk-error.ts";

/** A failure as it crosses from the thread: nothing of the SDK's is in it. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** What a failure means, by the rows of a way to sign in. */
export function judge(rules: readonly ErrorRule[], error: SdkError): Failure {
  const rule = findRule(rules, error);
  const wait = parseRetryAfter(error.retryAfter, Date.now());
  const native = nativeOf(error);
  return {
    code: rule?.code ?? "internal",
    message: rule?.message ?? "1Password, or its SDK, failed in a way we do not know.",
    details: {
      ...(native && { native }),
      ...(rule?.hint !== undefined && { hint: rule.hint }),
      ...(rule?.reason !== undefined && { reason: rule.reason }),
      ...(wait !== undefined && rule?.code === "throttled" && { retryAfterMs: wait }),
    },
  };
}

/** The failure as an error of ours. */
export function toError({ code, message, details }: Failure): SecretError {
  return new SecretError(code, message, details);
}

/** A word of the SDK's, Node's code and the status; all of them fixed, none of them a text. */
function nativeOf({ type, network, status }: SdkError): ErrorDetails["native"] {
  const native = {
    ...(type !== undefined && { name: type }),
    ...(network !== undefined && { code: network }),
    ...(status !== undefined && status >= 300 && { status }),
  };
  return Object.keys(native).length > 0 ? native : undefined;
}
