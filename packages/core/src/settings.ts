import { isPlainName, SecretError } from "./errors/secret-error.ts";
import type { CacheOptions, Limits } from "./cache-options.ts";
import type { LinkDefinition, LinkRecord, VaultOptions } from "./types.ts";
import { closestMatch } from "./closest-match.ts";

/** When a value that is used is refreshed: in the last share of its life, or so many ms before it expires. */
export type RefreshAheadSetting = { readonly share: number } | { readonly ms: number };

/** The options of `createVault`, with defaults. Times in ms. */
export interface VaultSettings {
  readonly ttlMs: number;
  readonly staleMs: number;
  readonly refreshAhead: RefreshAheadSetting | undefined;
  readonly serveExpired: boolean;
  /** Absent: as many as fit `maxBytes`. */
  readonly maxEntries: number | undefined;
  readonly maxBytes: number;
  readonly deadlineMs: number;
  readonly attemptMs: number;
  readonly openMs: number;
  readonly interactiveOpenMs: number;
  readonly concurrency: number;
}

const MINUTE_MS = 60_000;
const MAX_STALE_MINUTES = 24 * 60;
/** A year; anything longer is taken for a typing error. */
const MAX_MINUTES = 365 * 24 * 60;

/** Throws `invalid_config`, naming the setting. */
export function parseSettings({ cache = {}, limits = {} }: VaultOptions): VaultSettings {
  const staleMinutes = minutes(cache.staleOnError ?? 0, "cache.staleOnError");
  if (staleMinutes > MAX_STALE_MINUTES) throw invalid("cache.staleOnError is at most a day.");
  const onExpired: unknown = cache.onExpired ?? "withhold";
  if (onExpired !== "withhold" && onExpired !== "serve") throw invalid('cache.onExpired is "withhold" or "serve".');
  return {
    ttlMs: minutes(cache.ttl ?? 60, "cache.ttl") * MINUTE_MS,
    staleMs: staleMinutes * MINUTE_MS,
    refreshAhead: parseRefreshAhead(cache.refreshAhead ?? 0),
    serveExpired: onExpired === "serve",
    maxEntries: cache.maxEntries === undefined ? undefined : positive(cache.maxEntries, "cache.maxEntries"),
    maxBytes: positive(cache.maxBytes ?? 16 * 1024 * 1024, "cache.maxBytes"),
    deadlineMs: positive(limits.deadlineMs ?? 30_000, "limits.deadlineMs"),
    attemptMs: positive(limits.attemptMs ?? 10_000, "limits.attemptMs"),
    openMs: positive(limits.openMs ?? 30_000, "limits.openMs"),
    interactiveOpenMs: positive(limits.interactiveOpenMs ?? 300_000, "limits.interactiveOpenMs"),
    concurrency: positive(limits.concurrency ?? 64, "limits.concurrency"),
  };
}

function parseRefreshAhead(given: number | string): RefreshAheadSetting | undefined {
  if (typeof given === "number" && given > 0 && given < 1) return { share: given };
  const parsed = parseMinutes(given);
  if (parsed !== undefined) return parsed === 0 ? undefined : { ms: parsed * MINUTE_MS };
  throw invalid('cache.refreshAhead is a share of the TTL, such as 0.2, or whole minutes, such as 5 or "5m".');
}

/** A TTL in ms. Throws `invalid_config` for what is not whole minutes from 0 to a year. */
export function ttlMs(ttl: number | string): number {
  return minutes(ttl, "The TTL") * MINUTE_MS;
}

/** Whole minutes out of `45`, `"45"`, `"90m"` or `"2h"`, from 0 to a year; `undefined` for anything else. */
export function parseMinutes(given: number | string): number | undefined {
  // Configuration may contain anything.
  if (typeof given !== "number" && typeof given !== "string") return undefined;
  const text = String(given).trim();
  const match = /^(\d{1,7})\s?(m|min|h)?$/.exec(text);
  if (match === null) return undefined;
  const parsed = Number(match[1]) * (match[2] === "h" ? 60 : 1);
  return parsed <= MAX_MINUTES ? parsed : undefined;
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

const CACHE = ["ttl", "staleOnError", "refreshAhead", "onExpired", "maxEntries", "maxBytes"] satisfies Array<
  keyof CacheOptions
>;
const LIMITS = ["deadlineMs", "attemptMs", "openMs", "interactiveOpenMs", "concurrency"] satisfies Array<keyof Limits>;
const LINK = ["reference", "required", "enabled", "allowedDomains"] satisfies Array<keyof LinkRecord>;
const CLOCK = ["monotonicMs", "uptimeMs", "epochMs", "after", "setImmediate"] as const;

/**
 * Throws `invalid_config` for options of the wrong shape, for callers without types. Quotes nothing that was given.
 * `parseSettings` and the registry check the rest.
 */
export function assertVaultOptions(options: unknown): asserts options is VaultOptions {
  if (!isRecord(options)) throw invalid("createVault takes an object of options.");
  const { connections, links, env, cache, limits, clock, onAccess, random } = options;
  if (!isRecord(connections)) throw invalid("Pass connections: an object with a provider for each name, or {}.");
  if (links !== undefined && !isRecord(links)) throw invalid("links must be an object with a reference for each name.");
  if (!isRecord(env)) throw invalid("Pass env: process.env, or {} to let providers see no variables.");
  assertKnown(cache, "cache", CACHE);
  assertKnown(limits, "limits", LIMITS);
  if (clock !== undefined && !(isRecord(clock) && CLOCK.every((name) => typeof clock[name] === "function"))) {
    throw invalid(`clock must have the functions ${CLOCK.join(", ")}.`);
  }
  if (onAccess !== undefined && typeof onAccess !== "function") throw invalid("onAccess must be a function.");
  if (random !== undefined && typeof random !== "function") throw invalid("random must be a function.");
}

/** Throws `invalid_config` for an invalid link definition. */
export function assertLink(name: string, definition: unknown): asserts definition is LinkDefinition {
  const about = isPlainName(name) ? `Link ${name}` : "A link";
  const isReference = (value: unknown): boolean => value === null || typeof value === "string";
  if (isReference(definition)) return;
  if (!isRecord(definition) || !isReference(definition["reference"])) {
    throw invalid(`${about} must be a reference, null, or { reference, … }.`);
  }
  // One that is misspelt would leave a link enabled, or its value for any host.
  assertKnown(definition, about, LINK);
  const { required, enabled, allowedDomains } = definition;
  for (const [key, value] of Object.entries({ required, enabled })) {
    if (value !== undefined && typeof value !== "boolean") throw invalid(`${about}: ${key} must be true or false.`);
  }
  if (allowedDomains === undefined) return;
  if (Array.isArray(allowedDomains) && allowedDomains.every((host) => typeof host === "string" && host !== "")) return;
  throw invalid(`${about}: allowedDomains must be a list of hosts.`);
}

function assertKnown(held: unknown, what: string, known: readonly string[]): void {
  if (held === undefined) return;
  if (!isRecord(held)) throw invalid(`${what} must be an object of settings.`);
  const unknown = Object.keys(held).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = closestMatch(unknown, known);
  throw invalid(
    `${what} has an unknown setting${near === undefined ? `; it has ${known.join(", ")}.` : `; did you mean ${near}?`}`,
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const invalid = (message: string): SecretError => new SecretError("invalid_config", message);
