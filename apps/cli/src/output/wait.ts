import { shownDuration } from "./duration.ts";

/** A sentence about a failure, and how long the vault asks to wait, in ms, where it says so. */
export function withWait(sentence: string, retryAfterMs: number | undefined): string {
  if (retryAfterMs === undefined || !Number.isFinite(retryAfterMs) || retryAfterMs <= 0) return sentence;
  return `${sentence} Try again in ${shownDuration(retryAfterMs)}.`;
}
