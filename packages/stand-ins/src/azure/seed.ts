import { CANARY } from "../kit/witness.ts";

export interface SeedVersion {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly value: string;
  readonly contentType?: string;
  readonly enabled?: false;
  /** Ms since the epoch. @default when it is put there */
  readonly createdAt?: number;
  /** Ms since the epoch. */
  readonly expires?: number;
  /** Ms since the epoch. */
  readonly notBefore?: number;
}

export interface SeedSecret {
  readonly name: string;
  /** Oldest first. */
  readonly versions: readonly SeedVersion[];
  readonly deleted?: true;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface SeedVault {
  readonly name: string;
  /** Who decides: roles, or the vault's own list of policies. */
  readonly permissions: "rbac" | "policy";
  /** Whether the firewall keeps everybody out. */
  readonly walled?: true;
  readonly secrets: readonly SeedSecret[];
}

/** Somebody who asks. */
export interface SeedPrincipal {
  readonly objectId: string;
  /** Of the application, or of a managed identity. */
  readonly clientId: string;
  /** Of a person. */
  readonly upn?: string;
  /** Secrets it may read, by the beginning of `vault/name`. */
  readonly reads: readonly string[];
  readonly lists: boolean;
  /** Whether it may see what was deleted. */
  readonly seesDeleted: boolean;
}

/** An application that signs in by itself. */
export interface SeedApplication extends SeedPrincipal {
  readonly secret: string;
  /** Was its secret once, and has expired. */
  readonly formerSecret?: string;
  /** The subject of a platform's token that stands for it. */
  readonly subject?: string;
}

/** Everything a tenant starts with. */
export interface AzureSeed {
  readonly tenant: string;
  /** Another one, whose applications the vaults do not know. */
  readonly otherTenant: string;
  readonly vaults: readonly SeedVault[];
  readonly applications: Readonly<Record<string, SeedApplication>>;
  readonly people: Readonly<Record<string, SeedPrincipal>>;
  /** The machine's own identity, and those assigned to it. */
  readonly machines: Readonly<Record<string, SeedPrincipal & { readonly resourceId?: string }>>;
  /** What a platform demands with each request to its endpoint. */
  readonly machineHeader: string;
  /** What a pipeline shows to get a token that stands for it. */
  readonly pipelineToken: string;
  /** The public client of Azure's own tools. */
  readonly publicClient: string;
}

const canary = (name: string): string => `${CANARY}${name}`;
const id = (digit: number): string => String(digit).padStart(32, "0");
const guid = (digit: number): string => `00000000-0000-4000-8000-${String(digit).padStart(12, "0")}`;
const single = (name: string, value: string, more: Partial<SeedVersion> = {}): SeedSecret => ({
  name,
  versions: [{ id: id(1), value, ...more }],
});
const who = (digit: number, reads: readonly string[], more: Partial<SeedPrincipal> = {}): SeedPrincipal => ({
  objectId: guid(100 + digit),
  clientId: guid(200 + digit),
  reads,
  lists: true,
  seesDeleted: true,
  ...more,
});

/** Bytes that are no text, as base64: what a certificate looks like. */
const BINARY = "/wCAdmw=";

/** `app` and `audit` see different secrets; `single` may only read. Three vaults can be read, `walled` cannot. */
export const AZURE_SEED: AzureSeed = {
  tenant: guid(1),
  otherTenant: guid(2),
  vaults: [
    {
      name: "app",
      permissions: "rbac",
      secrets: [
        {
          name: "db",
          tags: { team: "payments" },
          versions: [
            { id: id(1), value: JSON.stringify({ username: "app", password: canary("db-password-1") }) },
            { id: id(2), value: JSON.stringify({ username: "app", password: canary("db-password-2") }) },
          ],
        },
        single("api-key", canary("api-key")),
        single("number", "5432"),
        single("empty", ""),
        single("certificate", BINARY, { contentType: "application/x-pkcs12" }),
        single("pem", `-----BEGIN-----\n${canary("pem")}\n-----END-----\n`, { contentType: "application/x-pem-file" }),
        single("disabled", canary("disabled"), { enabled: false }),
        { ...single("deleted", canary("deleted")), deleted: true },
        single("expired", canary("expired"), { expires: Date.UTC(2020, 0, 1) }),
        single("future", canary("future"), { notBefore: Date.UTC(2090, 0, 1) }),
        single("expiring", canary("expiring"), { expires: Date.UTC(2080, 0, 1) }),
        single("audit-report", canary("audit-report")),
      ],
    },
    { name: "shared", permissions: "policy", secrets: [single("token", canary("shared-token"))] },
    { name: "third", permissions: "rbac", secrets: [single("token", canary("third-token"))] },
    { name: "walled", permissions: "rbac", walled: true, secrets: [single("token", canary("walled-token"))] },
  ],
  applications: {
    app: {
      ...who(1, ["app/", "shared/token", "third/", "walled/"]),
      secret: canary("app-client-secret"),
      formerSecret: canary("app-former-secret"),
      subject: "system:serviceaccount:prod:app",
    },
    audit: { ...who(2, ["app/audit-"]), secret: canary("audit-client-secret") },
    single: {
      ...who(3, ["app/"], { lists: false, seesDeleted: false }),
      secret: canary("single-client-secret"),
      subject: "sc://organisation/project/connection",
    },
  },
  people: { person: who(4, ["app/", "shared/"], { upn: "person@example.com" }) },
  machines: {
    system: who(5, ["app/", "shared/"]),
    assigned: {
      ...who(6, ["app/", "third/"]),
      resourceId: "/subscriptions/s/resourcegroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/worker",
    },
  },
  machineHeader: canary("identity-header"),
  pipelineToken: canary("pipeline-token"),
  publicClient: "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
};
