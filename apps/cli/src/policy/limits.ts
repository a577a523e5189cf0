import { SecretError } from "@vaultlink/core";
import { parseMinutes } from "@vaultlink/core/internal";
import type { UserCache, UserContent } from "../config/content.ts";
import type { PolicyContent } from "./content.ts";

const DEFAULT_TTL = 60;

/** The cache's settings as they count: the user's, within the policy's limits. */
export function limitedCache({ cache = {} }: Pick<UserContent, "cache">, policy: PolicyContent | undefined): UserCache {
  const { maxTtlMinutes, refreshAhead, staleOnError } = policy?.limits ?? {};
  const ttl = parseMinutes(cache.ttl ?? DEFAULT_TTL) ?? DEFAULT_TTL;
  return {
    ...cache,
    ...(maxTtlMinutes !== undefined && maxTtlMinutes < ttl && { ttl: maxTtlMinutes }),
    ...(staleOnError === "forbid" && { staleOnError: 0 }),
    ...(refreshAhead === "forbid" && { refreshAhead: 0 }),
  };
}

/** Whether reads are noted: as the user says, unless the policy wants it. */
export const wantsAudit = ({ audit = false }: Pick<UserContent, "audit">, policy: PolicyContent | undefined): boolean =>
  audit || policy?.limits?.audit === "require";

/** Minutes a value is kept. */
export const ttlOf = (user: Pick<UserContent, "cache">, policy: PolicyContent | undefined): number =>
  parseMinutes(limitedCache(user, policy).ttl ?? DEFAULT_TTL) ?? DEFAULT_TTL;

/** Throws `forbidden` for a TTL above the policy's. */
export function expectTtl(minutes: number, policy: PolicyContent | undefined): void {
  const { maxTtlMinutes } = policy?.limits ?? {};
  if (maxTtlMinutes === undefined || minutes <= maxTtlMinutes) return;
  throw new SecretError("forbidden", `This machine's policy keeps values for ${maxTtlMinutes} minutes at most.`, {
    reason: "policy",
    hint: `vaultlink cache ttl ${maxTtlMinutes}`,
  });
}
