import type { Instant } from "../time/clock.ts";

/** A wall clock set back further than this makes ages unknowable. Smaller steps are clock discipline. */
const SET_BACK_MS = 5000;

/** Ms since `sent`, by the clock that advanced most; `Infinity` if the wall clock was set back. */
export function ageMs(sent: Instant, now: Instant): number {
  const epochMs = now.epochMs - sent.epochMs;
  if (epochMs < -SET_BACK_MS) return Infinity;
  return Math.max(0, epochMs, now.uptimeMs - sent.uptimeMs, now.monotonicMs - sent.monotonicMs);
}

/** What decides how long a stored document may be served. */
export interface EntryLifetime {
  /** When its request was sent. Age counts from the request, not from the answer. */
  readonly sent: Instant;
  /** The TTL in force when it was fetched, in ms. */
  readonly ttlMs: number;
  /** When the value itself expires at the vault, in ms since the epoch. */
  readonly expiresAt: number | undefined;
}

/** Ms until a document stops being fresh, at least 0. */
export function freshForMs(entry: EntryLifetime, ttlMs: number, now: Instant): number {
  return leftMs(entry, Math.min(ttlMs, entry.ttlMs), now);
}

/** As `freshForMs` above 0, in fewer instructions, since every hit asks. At exactly its TTL a document is not fresh. */
export function isFresh(entry: EntryLifetime, ttlMs: number, now: Instant): boolean {
  if (entry.expiresAt !== undefined && now.epochMs >= entry.expiresAt) return false;
  return ageMs(entry.sent, now) < Math.min(ttlMs, entry.ttlMs);
}

/** Ms until an expired document may no longer be served although the vault cannot be asked, at least 0. */
export function staleForMs(entry: EntryLifetime, ttlMs: number, staleMs: number, now: Instant): number {
  return staleMs > 0 ? leftMs(entry, Math.min(ttlMs, entry.ttlMs) + staleMs, now) : 0;
}

/** Whether an expired document may be served while the vault cannot be asked. */
export function isWithinStale(entry: EntryLifetime, ttlMs: number, staleMs: number, now: Instant): boolean {
  return staleForMs(entry, ttlMs, staleMs, now) > 0;
}

/** Ms until a document is so old, or past its own expiry, at least 0. */
function leftMs({ expiresAt = Infinity, sent }: EntryLifetime, maxAgeMs: number, now: Instant): number {
  return Math.max(0, Math.min(maxAgeMs - ageMs(sent, now), expiresAt - now.epochMs));
}
