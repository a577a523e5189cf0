import { SecretError } from "./errors/secret-error.ts";
import { isPlainName } from "./errors/with-link-name.ts";
import { closestMatch } from "./closest-match.ts";
import type { CacheOptions, Limits, LinkDefinition, VaultOptions } from "./types.ts";

const CACHE = ["ttl", "staleOnError", "onExpired", "maxEntries", "maxBytes"] satisfies Array<keyof CacheOptions>;
const LIMITS = ["deadlineMs", "attemptMs", "openMs", "interactiveOpenMs", "concurrency"] satisfies Array<keyof Limits>;
const CLOCK = ["monotonicMs", "uptimeMs", "epochMs", "after", "setImmediate"] as const;

/**
 * Throws `invalid_config` for options whose shape can't be meant, whatever the types of the caller say. What `settingsOf`
 * and the registry check is left to them. Quotes nothing that was given.
 */
export function assertVaultOptions(options: unknown): asserts options is VaultOptions {
  if (!isRecord(options)) throw invalid("createVault takes an object of options.");
  const { connections, links, env, cache, limits, clock, random } = options;
  if (!isRecord(connections)) throw invalid("Pass connections: an object with a provider for each name, or {}.");
  if (links !== undefined && !isRecord(links)) throw invalid("links must be an object with a reference for each name.");
  if (!isRecord(env)) throw invalid("Pass env: process.env, or {} to let providers see no variables.");
  assertKnown(cache, "cache", CACHE);
  assertKnown(limits, "limits", LIMITS);
  if (clock !== undefined && !(isRecord(clock) && CLOCK.every((name) => typeof clock[name] === "function"))) {
    throw invalid(`clock must have the functions ${CLOCK.join(", ")}.`);
  }
  if (random !== undefined && typeof random !== "function") throw invalid("random must be a function.");
}

/** Throws `invalid_config` for what cannot be a link. */
export function assertLink(name: string, definition: unknown): asserts definition is LinkDefinition {
  const about = isPlainName(name) ? `Link ${name}` : "A link";
  const isReference = (value: unknown): boolean => value === null || typeof value === "string";
  if (isReference(definition)) return;
  if (!isRecord(definition) || !isReference(definition["reference"])) {
    throw invalid(`${about} must be a reference, null, or { reference, … }.`);
  }
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
