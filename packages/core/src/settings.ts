import { SecretError } from "./errors/secret-error.ts";
import { parseMinutes } from "./time/duration.ts";
import type { VaultOptions } from "./types.ts";

/** What `createVault` was told, with every default in place. Times in ms. */
export interface VaultSettings {
  readonly ttlMs: number;
  readonly staleMs: number;
  readonly serveExpired: boolean;
  readonly maxEntries: number;
  readonly maxBytes: number;
  readonly deadlineMs: number;
  readonly attemptMs: number;
  readonly openMs: number;
  readonly interactiveOpenMs: number;
  readonly concurrency: number;
}

const MINUTE_MS = 60_000;
const MAX_STALE_MINUTES = 24 * 60;

/** Throws `invalid_config`, naming the setting. */
export function parseSettings({ cache = {}, limits = {} }: VaultOptions): VaultSettings {
  const staleMinutes = minutes(cache.staleOnError ?? 0, "cache.staleOnError");
  if (staleMinutes > MAX_STALE_MINUTES) throw invalid("cache.staleOnError is at most a day.");
  const onExpired: unknown = cache.onExpired ?? "withhold";
  if (onExpired !== "withhold" && onExpired !== "serve") throw invalid('cache.onExpired is "withhold" or "serve".');
  return {
    ttlMs: minutes(cache.ttl ?? 60, "cache.ttl") * MINUTE_MS,
    staleMs: staleMinutes * MINUTE_MS,
    serveExpired: onExpired === "serve",
    maxEntries: positive(cache.maxEntries ?? 1000, "cache.maxEntries"),
    maxBytes: positive(cache.maxBytes ?? 16 * 1024 * 1024, "cache.maxBytes"),
    deadlineMs: positive(limits.deadlineMs ?? 30_000, "limits.deadlineMs"),
    attemptMs: positive(limits.attemptMs ?? 10_000, "limits.attemptMs"),
    openMs: positive(limits.openMs ?? 30_000, "limits.openMs"),
    interactiveOpenMs: positive(limits.interactiveOpenMs ?? 300_000, "limits.interactiveOpenMs"),
    concurrency: positive(limits.concurrency ?? 8, "limits.concurrency"),
  };
}

/** A TTL in ms. Throws `invalid_config` for what is not whole minutes from 0 to a year. */
export function ttlMs(ttl: number | string): number {
  return minutes(ttl, "The TTL") * MINUTE_MS;
}

function minutes(given: number | string, setting: string): number {
  const parsed = parseMinutes(given);
  if (parsed === undefined) throw invalid(`${setting} is whole minutes, such as 45, "90m" or "2h", or 0 for off.`);
  return parsed;
}

function positive(given: number, setting: string): number {
  if (!Number.isSafeInteger(given) || given < 1) throw invalid(`${setting} is a whole number of at least 1.`);
  return given;
}

const invalid = (message: string): SecretError => new SecretError("invalid_config", message);
