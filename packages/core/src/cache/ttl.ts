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

/** Whether a document is fresh. At exactly its TTL it is not. */
export function isFresh(entry: EntryLifetime, ttlMs: number, now: Instant): boolean {
  if (entry.expiresAt !== undefined && now.epochMs >= entry.expiresAt) return false;
  return ageMs(entry.sent, now) < Math.min(ttlMs, entry.ttlMs);
}

/** Whether an expired document may be served while the vault cannot be asked. Never past its own expiry. */
export function isWithinStale(entry: EntryLifetime, ttlMs: number, staleMs: number, now: Instant): boolean {
  if (entry.expiresAt !== undefined && now.epochMs >= entry.expiresAt) return false;
  return staleMs > 0 && ageMs(entry.sent, now) < Math.min(ttlMs, entry.ttlMs) + staleMs;
}

/** Ms until an expired document may no longer be served although the vault cannot be asked, at least 0. */
export function staleForMs(entry: EntryLifetime, ttlMs: number, staleMs: number, now: Instant): number {
  const byTtl = Math.min(ttlMs, entry.ttlMs) + staleMs - ageMs(entry.sent, now);
  const byOwnExpiry = entry.expiresAt === undefined ? Infinity : entry.expiresAt - now.epochMs;
  return staleMs > 0 ? Math.max(0, Math.min(byTtl, byOwnExpiry)) : 0;
}

/** Ms until a document stops being fresh, at least 0. */
export function freshForMs(entry: EntryLifetime, ttlMs: number, now: Instant): number {
  const byTtl = Math.min(ttlMs, entry.ttlMs) - ageMs(entry.sent, now);
  const byOwnExpiry = entry.expiresAt === undefined ? Infinity : entry.expiresAt - now.epochMs;
  return Math.max(0, Math.min(byTtl, byOwnExpiry));
}
