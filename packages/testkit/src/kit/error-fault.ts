import { type ErrorCode, isSecretError } from "@vaultlink/core/provider";
import { failureOf } from "./failure.ts";
import { kind } from "./expect.ts";

/** Codes that are for core to throw, and who else would have to know what only core knows. */
const OF_CORE: ReadonlySet<ErrorCode> = new Set(["forbidden", "internal", "timeout", "unresolved"]);

/** What a terminal would not simply show. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/**
 * What is wrong with something a provider threw, as the end of a sentence; `undefined` if nothing is. Where its `signal`
 * aborted, anything may be thrown: core knows why.
 */
export function errorFault(thrown: unknown, signal?: AbortSignal): string | undefined {
  const { code, details, shown } = failureOf(thrown, signal);
  if (!isSecretError(thrown)) {
    return code === "internal" ? `is ${shown}. Throw a SecretError with the code that fits.` : undefined;
  }
  if (OF_CORE.has(code)) return `has the code ${shown}, which only core may give.`;
  if (typeof thrown.message !== "string" || thrown.message.trim() === "") return "has no message.";
  if (UNPRINTABLE.test(thrown.message)) return "has a message of several lines, or one with control characters.";
  const { hint, reason, retryAfterMs, requests } = details;
  if (hint !== undefined && (typeof hint !== "string" || UNPRINTABLE.test(hint))) {
    return `has a \`hint\` that is ${kind(hint)}. Give one line.`;
  }
  if (reason !== undefined && !/^[\w.:-]{1,100}$/.test(reason)) {
    return "has a `reason` that is no word: core would drop it.";
  }
  if (retryAfterMs !== undefined && !(typeof retryAfterMs === "number" && retryAfterMs >= 0)) {
    return `has a \`retryAfterMs\` that is ${kind(retryAfterMs)}. Give ms, or leave it out.`;
  }
  return requests === undefined || (Number.isSafeInteger(requests) && requests >= 0)
    ? undefined
    : "has a `requests` that is no count.";
}
