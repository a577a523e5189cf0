import type { ErrorCode } from "../errors/codes.ts";

/** The code most vaults mean by an HTTP status; a provider's own table goes first. Source of the numbers: RFC 9110, RFC 6585. */
export function codeForStatus(status: number): ErrorCode {
  switch (status) {
    case 400:
    case 405:
    case 414:
    case 422:
      return "invalid_reference";
    case 401:
    case 407:
      return "unauthenticated";
    case 403:
    case 451:
      return "denied";
    case 404:
    case 410:
      return "not_found";
    case 429:
      return "throttled";
    case 501:
      return "invalid_config";
    default:
      // A redirect, a page of a proxy, a fault of the server: nobody answered the question we asked.
      return "unavailable";
  }
}

/**
 * How long a `Retry-After` header asks us to wait, in ms, or `undefined` where it says nothing usable.
 * Seconds or an HTTP date: RFC 9110, 10.2.3. `now` is the wall clock in ms.
 */
export function parseRetryAfter(header: string | null | undefined, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Only an HTTP date begins with a letter; `Date.parse` alone would read "12.5" as a date.
  const at = /^[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
