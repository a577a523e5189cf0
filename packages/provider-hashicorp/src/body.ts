import type { JsonObject } from "@vaultlink/core/provider";

/** A member that should be a count or a number of seconds; 0 where it is neither. */
export function count(body: JsonObject | undefined, name: string): number {
  const held = body?.[name];
  return typeof held === "number" && Number.isFinite(held) && held > 0 ? held : 0;
}

/** A member that should be a list of texts. */
export function texts(body: JsonObject | undefined, name: string): readonly string[] {
  const held = body?.[name];
  return Array.isArray(held) ? held.filter((item): item is string => typeof item === "string") : [];
}
