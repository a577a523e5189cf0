import type { Moment } from "./time.ts";

/** A wall clock set back further than this makes ages unknowable. Smaller steps are clock discipline. */
const SET_BACK_MS = 5000;

/** Ms since `sent`: the most any witness saw pass; `Infinity` when the wall clock was set back. */
export function ageMs(sent: Moment, now: Moment): number {
  const wall = now.wall - sent.wall;
  if (wall < -SET_BACK_MS) return Infinity;
  return Math.max(0, wall, now.boot - sent.boot, now.hr - sent.hr);
}

/** What decides how long a kept document may answer. */
export interface Aging {
  /** When the request for it was sent: a document is as old as the question, not as the answer. */
  readonly sent: Moment;
  /** The TTL in force when it was fetched, in ms. */
  readonly ttlMs: number;
  /** When the document itself lapses, in ms since the epoch. */
  readonly expiresAt: number | undefined;
}

/** Whether a document may still answer. At exactly its TTL it may not. */
export function isFresh(entry: Aging, ttlMs: number, now: Moment): boolean {
  if (entry.expiresAt !== undefined && now.wall >= entry.expiresAt) return false;
  return ageMs(entry.sent, now) < Math.min(ttlMs, entry.ttlMs);
}

/** Whether an expired document may answer while the vault cannot be asked. Its own lapse is final. */
export function isWithinStale(entry: Aging, ttlMs: number, staleMs: number, now: Moment): boolean {
  if (entry.expiresAt !== undefined && now.wall >= entry.expiresAt) return false;
  return staleMs > 0 && ageMs(entry.sent, now) < Math.min(ttlMs, entry.ttlMs) + staleMs;
}

/** Ms until a document stops being fresh, at least 0. */
export function freshForMs(entry: Aging, ttlMs: number, now: Moment): number {
  const byTtl = Math.min(ttlMs, entry.ttlMs) - ageMs(entry.sent, now);
  const byLapse = entry.expiresAt === undefined ? Infinity : entry.expiresAt - now.wall;
  return Math.max(0, Math.min(byTtl, byLapse));
}
