import { type Mutant, one } from "./mutant.ts";

const ADMINS = "apps/cli/src/policy/admins.ts";
const APPLY = "apps/cli/src/policy/apply.ts";
const OWN = "apps/cli/src/policy/own-connections.ts";
const EXPECT = "apps/cli/src/policy/expect-own.ts";
const LIMITS = "apps/cli/src/policy/limits.ts";
const LOAD = "apps/cli/src/policy/load.ts";

/** Mistakes about what a policy says, file by file of `src/policy`. */
export const policyMutants: readonly Mutant[] = [
  one("owner-is-no-admin", ADMINS, "if (uid !== undefined && uid === place.owner) return true;", ""),
  one("named-is-no-admin", ADMINS, "names.includes(place.userName)", "false"),
  one("every-user-is-admin", ADMINS, 'if (proof !== "user") return false;', 'return proof === "user";'),
  one("super-admin-of-users-left-out", ADMINS, "...(admin ?? []), ...superAdmin]", "...(admin ?? [])]"),
  one(
    "super-admin-of-roles-left-out",
    ADMINS,
    "...(admin ?? [DEFAULT_ROLE]), ...superAdmin]",
    "...(admin ?? [DEFAULT_ROLE])]",
  ),
  one("no-default-role", ADMINS, "admin ?? [DEFAULT_ROLE]", "admin ?? []"),
  one("default-role-always", ADMINS, "...(admin ?? [DEFAULT_ROLE])", "DEFAULT_ROLE, ...(admin ?? [])"),
  one("default-proof-file", ADMINS, 'proof = "vault"', 'proof = "file"'),
  one(
    "required-roles-forgotten",
    ADMINS,
    'if (proof === "vault") return names;',
    'if (proof === "vault") return undefined;',
  ),
  one(
    "own-wins-over-policy",
    APPLY,
    "if (connections.has(name) || ended.has(name)) overruled.push(name);",
    "if (ended.has(name)) overruled.push(name);",
  ),
  one(
    "own-takes-place-of-ended",
    APPLY,
    "if (connections.has(name) || ended.has(name)) overruled.push(name);",
    "if (connections.has(name)) overruled.push(name);",
  ),
  one("ended-forgotten", APPLY, "overruled, ended };\n}\n\nfunction", "overruled, ended: new Set() };\n}\n\nfunction"),
  one("refused-counts", APPLY, "else refused.set(name, sentence);", "else connections.set(name, connection);"),
  one("refused-without-reason", APPLY, "else refused.set(name, sentence);", ""),
  one("hashicorp-is-users", APPLY, '? "team" : "user"', '? "user" : "user"'),
  one("all-are-teams", APPLY, '? "team" : "user"', '? "team" : "team"'),
  one("managed-by-ignored", APPLY, "(managedBy ?? (", "((managedBy && undefined) ?? ("),
  one("untrusted-of-policys-name", APPLY, "!connections.has(name) && !ended.has(name)", "name"),
  one("personal-hashicorp-counts", OWN, 'hashicorp.personal !== "allow"', 'hashicorp.personal === "deny"'),
  one("personal-hashicorp-never", OWN, 'hashicorp.personal !== "allow"', "hashicorp"),
  one("one-more-than-allowed", OWN, "count < maxPerProvider", "count <= maxPerProvider"),
  one("all-kinds-counted", OWN, "labelOf(entry.provider) === provider", "entry"),
  one("any-number-allowed", OWN, "maxPerProvider === undefined || ", "maxPerProvider || "),
  one("policys-name-may-be-defined", EXPECT, '?.origin === "policy"', '?.origin === "project"'),
  one("ended-name-may-be-defined", EXPECT, "if (ended.has(name)) {", "if (ended.size < 0) {"),
  one("defined-anew-is-further", EXPECT, "([other]) => other !== name", "([other]) => other"),
  one("further-may-be-defined", EXPECT, "if (sentence === undefined) return;", "return;"),
  one("connect-says-nobody-to-ask", EXPECT, '{ reason: "policy", hint: ask }', '{ reason: "policy" }'),
  one(
    "ttl-unlimited",
    LIMITS,
    "...(maxTtlMinutes !== undefined && maxTtlMinutes < ttl && { ttl: maxTtlMinutes }),",
    "",
  ),
  one(
    "ttl-of-zero-unlimited",
    LIMITS,
    "maxTtlMinutes !== undefined && maxTtlMinutes < ttl",
    "maxTtlMinutes && maxTtlMinutes < ttl",
  ),
  one("ttl-always-the-policys", LIMITS, "maxTtlMinutes < ttl && ", ""),
  one(
    "ttl-default-unlimited",
    LIMITS,
    "const ttl = parseMinutes(cache.ttl ?? DEFAULT_TTL)",
    "const ttl = parseMinutes(cache.ttl ?? 0)",
  ),
  one("stale-allowed", LIMITS, 'staleOnError === "forbid" && { staleOnError: 0 }', 'staleOnError === "forbid" && {}'),
  one("refreshed-ahead", LIMITS, 'refreshAhead === "forbid" && { refreshAhead: 0 }', 'refreshAhead === "forbid" && {}'),
  one("audit-not-required", LIMITS, ' || policy?.limits?.audit === "require"', ""),
  one("audit-of-user-ignored", LIMITS, "audit || policy", "(audit && false) || policy"),
  one("longer-ttl-may-be-set", LIMITS, "minutes <= maxTtlMinutes", "minutes >= maxTtlMinutes"),
  one("policys-ttl-may-not-be-set", LIMITS, "minutes <= maxTtlMinutes", "minutes < maxTtlMinutes"),
  one(
    "policy-not-read",
    LOAD,
    "if (await isAbsent(place.file)) return undefined;",
    "if (place.file) return undefined;",
  ),
];
