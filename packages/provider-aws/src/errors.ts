import { applyRule, findRule as findRuleOf, rethrown, type SecretError } from "@vaultlink/core/provider";
import { ASSUMING } from "./errors/assuming.ts";
import type { AwsErrorRule, During } from "./errors/error-rule.ts";
import { NETWORK } from "./errors/network.ts";
import { NOTHING_FOUND, OBTAINING } from "./errors/obtaining.ts";
import { SECRET } from "./errors/secret.ts";
import { BARE, BOUND, SERVICE, UNREADABLE } from "./errors/service.ts";
import { SIGNING } from "./errors/signing.ts";
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

/**
 * Every failure we know; the first that fits counts. Sources: the models of Secrets Manager and STS, the vendor's common
 * errors (https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html), and, for failures that
 * never reach AWS, what the pinned SDK was seen to throw.
 */
export const ERROR_RULES: readonly AwsErrorRule[] = [
  ...BOUND,
  ...OBTAINING,
  ...UNREADABLE,
  ...SIGNING,
  ...ASSUMING,
  ...SECRET,
  ...SERVICE,
  ...NETWORK,
  ...NOTHING_FOUND,
  ...BARE,
];

/** The first rule that fits. */
export function findRule(error: SdkError, during: During): AwsErrorRule | undefined {
  return findRuleOf(ERROR_RULES, error, {
    also: (rule) =>
      (rule.during?.includes(during) ?? true) &&
      (rule.via === undefined || error.via === undefined || rule.via.includes(error.via)) &&
      (rule.unnamed === undefined || isUnnamed(error)),
  });
}

/** The SDK makes up a name where there was none. */
function isUnnamed({ name = "", status }: SdkError): boolean {
  return status !== undefined && /^(?:|Error|Unknown|UnknownError)$/.test(name);
}
