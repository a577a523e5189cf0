import type { Failure } from "@vaultlink/core/provider";

/**
 * What the last exchange of one call of the SDK showed: known beside the SDK's own words. The code is Node's, or
 * `TimeoutError`, if the last request got no answer.
 */
export interface LastExchange extends Pick<Failure, "status" | "code" | "retryAfter"> {
  /** Whether the last answer led elsewhere, or a request was for another host. */
  readonly elsewhere?: true;
}

/** What the SDK threw, and what the last exchange showed. The text is the SDK's and goes no further than the table. */
export interface SdkError extends LastExchange {
  readonly text: string;
  /** `error.type` of a batch, e.g. `itemNotFound`. */
  readonly type?: string;
  /** Class of the SDK's error, if it is no plain one. */
  readonly thrown?: string;
}

/** Those that @1password/sdk 0.5.0 exports. */
const CLASSES: ReadonlySet<string> = new Set([
  "AuthExpiredError",
  "DesktopSessionExpiredError",
  "RateLimitExceededError",
]);

/** Reads what the SDK threw, which is an error, or a text. */
export function readSdkError(thrown: unknown, lastExchange: LastExchange): SdkError {
  const text = thrown instanceof Error ? thrown.message : typeof thrown === "string" ? thrown : "";
  const thrownClass = thrown instanceof Error ? thrown.constructor.name : "Error";
  return { ...lastExchange, text, ...(CLASSES.has(thrownClass) && { thrown: thrownClass }) };
}
