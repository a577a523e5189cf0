import type { ErrorCode } from "@vaultlink/core";
import type { SdkError } from "../sdk-error.ts";

/** One kind of failure: when it is meant, and what we make of it. All conditions of a row must hold. */
export interface ErrorRule {
  /** Only if the SDK's text ends with one of these, or goes on with what it had to say of the cause. */
  readonly says?: readonly string[];
  /** Or, in a batch, if the failure is of one of these types. */
  readonly types?: readonly string[];
  /** Only if what was thrown is of one of these classes of the SDK. */
  readonly thrown?: readonly string[];
  /** Only if the last answer had one of these statuses. */
  readonly status?: readonly number[];
  /** Only if no answer came, for one of these reasons, as beginnings of Node's codes. */
  readonly network?: readonly string[];
  /** Only if the vault, or something before it, led elsewhere. */
  readonly elsewhere?: true;
  readonly code: ErrorCode;
  /** No two rows say the same, so that a message tells its row. */
  readonly message: string;
  readonly hint?: string;
  readonly reason?: string;
}

/** The first row that fits. */
export function findRule(rules: readonly ErrorRule[], error: SdkError): ErrorRule | undefined {
  return rules.find((rule) => {
    if (rule.elsewhere !== undefined && error.elsewhere === undefined) return false;
    if (rule.thrown?.includes(error.thrown ?? "") === false) return false;
    if (rule.status?.includes(error.status ?? 0) === false) return false;
    if (rule.network?.some((code) => error.network?.startsWith(code)) === false) return false;
    if (rule.says === undefined && rule.types === undefined) return true;
    return error.type === undefined
      ? rule.says?.some((words) => error.text.includes(words)) === true
      : rule.types?.includes(error.type) === true;
  });
}
