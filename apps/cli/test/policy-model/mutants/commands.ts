import { type Mutant, one } from "./mutant.ts";

const MERGE = "apps/cli/src/config/merge.ts";
const CONFIGURATION = "apps/cli/src/config/load.ts";
const TEAM = "apps/cli/src/commands/disconnect/disconnect-team.ts";
const DISCONNECT = "apps/cli/src/commands/disconnect/disconnect.ts";
const OPTIONS = "apps/cli/src/vault/options.ts";
const REFUSAL = "apps/cli/src/vault/policy-refusal.ts";
const ASSERT = "packages/core/src/vault/assert-admin.ts";

/** Mistakes about how a policy is merged, about the commands that ask it, and about core's part of the check. */
export const commandMutants: readonly Mutant[] = [
  one("untrusted-counts", MERGE, "else if (trusted) connections", "else if (name) connections"),
  one("project-wins-over-user", MERGE, "if (connections.has(name)) ignored.push(name);\n    else if", "if"),
  one(
    "policy-read-and-not-applied",
    CONFIGURATION,
    "project?.content, trusted), policy?.content)",
    "project?.content, trusted), undefined)",
  ),
  one(
    "any-role-suffices",
    ASSERT,
    "roles.some((role) => admins.includes(role))",
    "roles.some((role) => admins && role)",
  ),
  one(
    "sessions-not-looked-at",
    ASSERT,
    "if (sessions.some(({ roles = [] }) => roles.some((role) => admins.includes(role)))) return;",
    "",
  ),
  one("admins-not-looked-at", ASSERT, "if (admins === undefined) return;", "if (admins !== null) return;"),
  one(
    "refused-after-disconnect",
    "packages/core/src/vault/invalidate.ts",
    "  assertAdmin(named);\n  named.disconnect();",
    "  named.disconnect();\n  assertAdmin(named);",
  ),
  one("core-says-nothing-that-helps", ASSERT, '    hint: `vaultlink ${unproved ? "reauth" : "logout"} ${name}`,\n', ""),
  one("other-code-for-no-admin", ASSERT, 'new SecretError("forbidden", unproved', 'new SecretError("denied", unproved'),
  one(
    "nobodys-are-teams",
    TEAM,
    "connections.get(name)?.team === true ? policy : undefined",
    "connections.get(name) ? undefined : policy",
  ),
  one("asked-before-refused", DISCONNECT, "  if (policy !== undefined) expectAdminUser(name, policy, context);\n", ""),
  one(
    "link-door-unchecked",
    DISCONNECT,
    "if (policy !== undefined) expectAdminUser(",
    "if (policy !== undefined && given !== undefined) expectAdminUser(",
  ),
  one(
    "signs-in-to-be-refused",
    TEAM,
    'proof === "user" || (await isOpen(vault, name)) ? vault.disconnect(name)',
    "(await isOpen(vault, name)) ? vault.disconnect(name)",
  ),
  one(
    "proof-stays-signed-in",
    TEAM,
    "const { openAgent, ...alone } = context;",
    "const alone = context;\n  const { openAgent } = context;",
  ),
  one("ends-for-one-only", TEAM, "if (everybody) await endForEverybody(name, policy);\n  else await", "await"),
  one("definition-stays", TEAM, '    { keys: ["connections", name], value: undefined },\n', ""),
  one(
    "ended-not-noted",
    TEAM,
    '    { keys: ["disconnected"], value: [...disconnected.filter((one) => one !== name), name] },\n',
    "",
  ),
  one(
    "other-ended-forgotten",
    TEAM,
    "value: [...disconnected.filter((one) => one !== name), name]",
    "value: disconnected.slice(0, 0).concat(name)",
  ),
  one("unwritable-policy-written", TEAM, "    () => false,", "    () => true,"),
  one("admins-not-handed-on", OPTIONS, "...(admins && { admins })", "...(admins && {})"),
  one("reason-not-told", REFUSAL, 'reason: "disconnected",\n    hint', 'reason: "unlinked",\n    hint'),
  one(
    "logout-needs-admin",
    "apps/cli/src/commands/logout.ts",
    "    const ended = await agent.logout(name);",
    "    if (name !== undefined && configuration.connections.get(name)?.team) await agent.disconnect(name);\n    const ended = await agent.logout(name);",
  ),
];
