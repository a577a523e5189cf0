import {
  applyRule,
  definedMembers,
  type ErrorRule,
  findRule as findRuleOf,
  SecretError,
} from "@vaultlink/core/provider";
import type { SdkError } from "./sdk-error.ts";

/** An error as it crosses from the thread: nothing of the SDK's is in it. */
export type Failure = Pick<SecretError, "code" | "message" | "details">;

export function toFailure({ code, message, details }: SecretError): Failure {
  return { code, message, details };
}

export function toError({ code, message, details }: Failure): SecretError {
  return new SecretError(code, message, details);
}

/** What a failure means, by the rules of a way to sign in. */
export function explain(rules: readonly OnePasswordErrorRule[], error: SdkError): SecretError {
  const rule = findRule(rules, error);
  // A word of the SDK's, Node's code and the status; all of them fixed, none of them a text.
  const { code, retryAfter, status, type } = error;
  const words = {
    ...definedMembers({ name: type, code, status }),
    ...(retryAfter !== undefined && rule?.code === "throttled" && { retryAfter }),
  };
  return applyRule(rule, words, { unknown: "1Password, or its SDK, failed in a way we do not know." });
}

/**
 * One kind of failure of 1Password's or its SDK's. The SDK's text ends with what a rule says, or goes on with what it had to
 * say of the cause. A code is Node's, or `TimeoutError`, where no answer came.
 */
export interface OnePasswordErrorRule extends ErrorRule {
  /** Or, in a batch, if the failure is of one of these types. */
  readonly types?: readonly string[];
  /** Only if what was thrown is of one of these classes of the SDK. */
  readonly thrown?: readonly string[];
  /** Only if the vault, or something before it, led elsewhere. */
  readonly elsewhere?: true;
}

/** The first rule that fits. What failed in a batch has a type and no text. */
export function findRule(rules: readonly OnePasswordErrorRule[], error: SdkError): OnePasswordErrorRule | undefined {
  const { elsewhere, text, thrown = "", type } = error;
  const isOfType = ({ types }: OnePasswordErrorRule): boolean => type !== undefined && types?.includes(type) === true;
  return findRuleOf(rules, error, {
    says: (words, rule) => (type === undefined ? text.includes(words) : isOfType(rule)),
    also: (rule) =>
      (rule.elsewhere === undefined || elsewhere === true) &&
      (rule.thrown?.includes(thrown) ?? true) &&
      (rule.types === undefined || rule.says !== undefined || isOfType(rule)),
  });
}
