import { CANARY } from "../kit/witness.ts";

export type Fields = Readonly<Record<string, unknown>>;
export type Capability = "read" | "list" | "create" | "update" | "delete" | "deny";
/** Paths (`*` at the end makes a prefix) to what may be done there. */
export type PolicyRules = Readonly<Record<string, readonly Capability[]>>;

interface SeedVersion {
  readonly data: Fields;
  readonly state?: "deleted" | "destroyed";
}

export interface SeedMount {
  /** With a trailing slash; namespaces in front of it. */
  readonly path: string;
  readonly type: "kv-v1" | "kv-v2" | "database";
  /** KV v1: name → fields. */
  readonly entries?: Readonly<Record<string, Fields>>;
  /** KV v2: name → versions, oldest first. */
  readonly secrets?: Readonly<
    Record<string, { readonly versions: readonly SeedVersion[]; readonly custom?: Readonly<Record<string, string>> }>
  >;
  /** Database roles → how long what they create lives, in seconds. */
  readonly roles?: Readonly<Record<string, number>>;
}

/** One who can sign in, and with what. */
export interface SeedIdentity {
  readonly policies: readonly string[];
  /** A ready token, as an administrator would hand out. */
  readonly token: string;
  readonly roleId: string;
  readonly secretId: string;
  readonly password: string;
  /** What the identity's platform vouches with; only the stand-in takes it as it stands. */
  readonly jwt: string;
  /** Seconds a token from a login lives, and may be extended to. */
  readonly tokenTtl: number;
  readonly tokenMaxTtl: number;
}

export type AuthType = "approle" | "userpass" | "ldap" | "jwt" | "kubernetes";

/** Everything a vault starts with: the same for the stand-in and for a real server. */
export interface VaultSeed {
  readonly namespaces: readonly string[];
  readonly mounts: readonly SeedMount[];
  readonly policies: Readonly<Record<string, PolicyRules>>;
  /** Where each login method is mounted, with a trailing slash; more than one is normal. */
  readonly auth: readonly { readonly path: string; readonly type: AuthType }[];
  readonly identities: Readonly<Record<string, SeedIdentity>>;
  readonly rootToken: string;
}

const canary = (name: string): string => `${CANARY}${name}`;

function identity(name: string, policies: readonly string[]): SeedIdentity {
  return {
    policies,
    token: canary(`${name}-token`),
    roleId: `role-of-${name}`,
    secretId: canary(`${name}-secret-id`),
    password: canary(`${name}-password`),
    jwt: `header.claims.${canary(`${name}-jwt`)}`,
    tokenTtl: 1200,
    tokenMaxTtl: 3600,
  };
}

/** `app` and `audit` see different secrets, each by token, AppRole, user name, directory, JWT and service account. */
export const VAULT_SEED: VaultSeed = {
  rootToken: canary("root-token"),
  namespaces: ["division/"],
  mounts: [
    {
      path: "secret/",
      type: "kv-v2",
      secrets: {
        "app/db": {
          versions: [
            { data: { username: "app", password: canary("db-password-1") } },
            { data: { username: "app", password: canary("db-password-2") } },
          ],
          custom: { owner: "payments" },
        },
        "app/api": { versions: [{ data: { key: canary("api-key") } }] },
        "app/history": {
          versions: [
            { data: { password: canary("history-1") }, state: "deleted" },
            { data: { password: canary("history-2") }, state: "destroyed" },
            { data: { password: canary("history-3") } },
          ],
        },
        "app/deleted": { versions: [{ data: { password: canary("deleted") }, state: "deleted" }] },
        "app/destroyed": { versions: [{ data: { password: canary("destroyed") }, state: "destroyed" }] },
        "app/typed": {
          versions: [
            { data: { text: canary("text"), number: 5432, flag: true, nothing: null, nested: { list: [1, "two"] } } },
          ],
        },
        "app/empty": { versions: [{ data: {} }] },
        "app/blank": { versions: [{ data: { password: "" } }] },
        "app/odd name?#%/ü&+": { versions: [{ data: { password: canary("odd-name") } }] },
        "audit/report": { versions: [{ data: { password: canary("audit-report") } }] },
      },
    },
    {
      path: "kv1/",
      type: "kv-v1",
      entries: {
        "app/plain": { username: "app", password: canary("kv1-password") },
        "app/timed": { password: canary("kv1-timed"), ttl: "30s" },
        "app/sub/deep": { password: canary("kv1-deep") },
        "audit/plain": { password: canary("kv1-audit") },
      },
    },
    {
      path: "team/kv/",
      type: "kv-v2",
      secrets: { "app/shared": { versions: [{ data: { password: canary("shared") } }] } },
    },
    {
      path: "division/secret/",
      type: "kv-v2",
      secrets: { "app/db": { versions: [{ data: { password: canary("division-db") } }] } },
    },
    { path: "database/", type: "database", roles: { app: 3600 } },
  ],
  policies: {
    app: {
      "secret/data/app/*": ["read"],
      "secret/metadata/app/*": ["read", "list"],
      "kv1/app/*": ["read", "list"],
      "team/kv/data/app/*": ["read"],
      "division/secret/data/app/*": ["read"],
      "database/creds/app": ["read"],
      "sys/leases/revoke": ["update"],
    },
    audit: {
      "secret/data/audit/*": ["read"],
      "secret/metadata/*": ["list"],
      "kv1/audit/*": ["read", "list"],
      "database/creds/app": ["read"],
    },
  },
  auth: [
    { path: "approle/", type: "approle" },
    { path: "team/approle/", type: "approle" },
    { path: "userpass/", type: "userpass" },
    { path: "ldap/", type: "ldap" },
    { path: "jwt/", type: "jwt" },
    { path: "kubernetes/", type: "kubernetes" },
  ],
  identities: { app: identity("app", ["app"]), audit: identity("audit", ["audit"]) },
};
