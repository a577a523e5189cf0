import { findRule as findRuleOf } from "@vaultlink/core/provider";
import type { SdkError } from "../sdk-error.ts";
import { ASSUMING } from "./assuming.ts";
import type { AwsErrorRule, During } from "./error-rule.ts";
import { NETWORK } from "./network.ts";
import { NOTHING_FOUND, OBTAINING } from "./obtaining.ts";
import { SECRET } from "./secret.ts";
import { BARE, BOUND, SERVICE, UNREADABLE } from "./service.ts";
import { SIGNING } from "./signing.ts";

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
