import { CANARY } from "../kit/witness.ts";

/** One version of a secret: text or bytes, with the stages it holds. */
export interface SeedVersion {
  readonly id: string;
  readonly text?: string;
  readonly bytes?: readonly number[];
  readonly stages: readonly string[];
}

export interface SeedSecret {
  readonly name: string;
  /** The account it belongs to, 12 digits. */
  readonly account: string;
  /** Oldest first. */
  readonly versions: readonly SeedVersion[];
  readonly state?: "deletion-scheduled" | "undecryptable";
  readonly tags?: Readonly<Record<string, string>>;
  readonly description?: string;
}

/** Somebody who asks: what they may read, by the beginning of the secret's name, and which calls are theirs. */
export interface SeedPrincipal {
  /** As `GetCallerIdentity` says it; of a role without the session's name. */
  readonly arn: string;
  readonly userId: string;
  readonly account: string;
  readonly reads: readonly string[];
  readonly batch: boolean;
  readonly list: boolean;
  /** Roles it may assume. */
  readonly assumes: readonly string[];
}

/** A user's long-lived keys, and the second factor that its sessions may need. */
export interface SeedKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly mfaSerial?: string;
  readonly mfaCode?: string;
}

export interface SeedRole {
  /** Must be given with the request to assume it. */
  readonly externalId?: string;
  /** Session tags that must come with the request to assume it. */
  readonly requiredTags?: Readonly<Record<string, string>>;
  /** May only be assumed with this device's code. */
  readonly mfaSerial?: string;
  readonly mfaCode?: string;
}

/** Everything an account starts with. */
export interface AwsSeed {
  readonly region: string;
  readonly secrets: readonly SeedSecret[];
  /** Users by name. */
  readonly users: Readonly<Record<string, SeedPrincipal & { readonly keys: SeedKeys }>>;
  /** Roles by ARN. */
  readonly roles: Readonly<Record<string, SeedPrincipal & SeedRole>>;
  /** Access tokens of the sign-in portal → the roles they give, as `account/role name` → ARN. */
  readonly portal: { readonly accessToken: string; readonly refreshToken: string; readonly clientSecret: string };
  /** What a platform vouches with; only the stand-in takes it as it stands. */
  readonly webToken: string;
  readonly containerToken: string;
}

export const ACCOUNT = "111122223333";
export const OTHER_ACCOUNT = "444455556666";

const canary = (name: string): string => `${CANARY}${name}`;

function id(digit: number): string {
  return `00000000-0000-4000-8000-${String(digit).padStart(12, "0")}`;
}

function current(name: string, text: string, more: Partial<SeedSecret> = {}): SeedSecret {
  return { name, account: ACCOUNT, versions: [{ id: id(1), text, stages: ["AWSCURRENT"] }], ...more };
}

function principal(kind: "user" | "role", name: string, reads: readonly string[], more: Partial<SeedPrincipal> = {}) {
  return {
    arn: kind === "user" ? `arn:aws:iam::${ACCOUNT}:user/${name}` : `arn:aws:sts::${ACCOUNT}:assumed-role/${name}`,
    userId: `${kind === "user" ? "AIDA" : "AROA"}${name.toUpperCase().replaceAll("-", "")}`,
    account: ACCOUNT,
    reads,
    batch: true,
    list: true,
    assumes: [] as readonly string[],
    ...more,
  };
}

const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;

/** `app` and `audit` see different secrets, each by keys and by roles; `portal`, `ci`, `task` and `node` are platforms'. */
export const AWS_SEED: AwsSeed = {
  region: "eu-west-1",
  secrets: [
    {
      name: "app/db",
      account: ACCOUNT,
      description: "The database of the app",
      tags: { team: "payments" },
      versions: [
        { id: id(1), text: JSON.stringify({ username: "app", password: canary("db-password-1") }), stages: [] },
        {
          id: id(2),
          text: JSON.stringify({ username: "app", password: canary("db-password-2") }),
          stages: ["AWSPREVIOUS"],
        },
        {
          id: id(3),
          text: JSON.stringify({ username: "app", password: canary("db-password-3") }),
          stages: ["AWSCURRENT"],
        },
      ],
    },
    current("app/api-key", canary("api-key")),
    current("app/number", "5432"),
    {
      name: "app/binary",
      account: ACCOUNT,
      versions: [{ id: id(1), bytes: [0xff, 0x00, 0x80, 0x76, 0x6c], stages: ["AWSCURRENT"] }],
    },
    {
      name: "app/pending",
      account: ACCOUNT,
      versions: [{ id: id(1), text: canary("pending"), stages: ["AWSPENDING"] }],
    },
    current("app/deleted", canary("deleted"), { state: "deletion-scheduled" }),
    current("app/undecryptable", canary("undecryptable"), { state: "undecryptable" }),
    current("app/odd+name_=.@-x", canary("odd-name")),
    current("audit/report", canary("audit-report")),
    current("reader/only", canary("reader-only")),
    current("platform/shared", canary("platform-shared")),
    current("app/elsewhere", canary("elsewhere"), { account: OTHER_ACCOUNT }),
  ],
  users: {
    app: {
      ...principal("user", "app", ["app/"], {
        assumes: [role("reader"), role("guarded"), role("external"), role("chained"), role("tagged")],
      }),
      keys: {
        accessKeyId: "AKIAAPP000000000APP1",
        secretAccessKey: canary("app-secret-key"),
        mfaSerial: `arn:aws:iam::${ACCOUNT}:mfa/app`,
        mfaCode: "123456",
      },
    },
    audit: {
      ...principal("user", "audit", ["audit/"], { assumes: [role("reader")], list: false }),
      keys: { accessKeyId: "AKIAAUDIT00000AUDIT1", secretAccessKey: canary("audit-secret-key") },
    },
    single: {
      ...principal("user", "single", ["app/"], { batch: false, list: false }),
      keys: { accessKeyId: "AKIASINGLE000SINGLE1", secretAccessKey: canary("single-secret-key") },
    },
  },
  roles: {
    [role("reader")]: principal("role", "reader", ["reader/", "app/"], { assumes: [role("chained")] }),
    [role("guarded")]: {
      ...principal("role", "guarded", ["app/"]),
      mfaSerial: `arn:aws:iam::${ACCOUNT}:mfa/app`,
      mfaCode: "123456",
    },
    [role("external")]: { ...principal("role", "external", ["app/"]), externalId: "partner-7" },
    [role("tagged")]: {
      ...principal("role", "tagged", ["app/"]),
      requiredTags: { team: "payments", "cost-centre": "a=b" },
    },
    [role("chained")]: principal("role", "chained", ["audit/", "app/"]),
    [role("portal")]: principal("role", "portal", ["platform/", "app/"]),
    [role("ci")]: principal("role", "ci", ["platform/", "app/"]),
    [role("task")]: principal("role", "task", ["platform/", "app/"]),
    [role("node")]: principal("role", "node", ["platform/", "app/"]),
  },
  portal: {
    accessToken: canary("portal-access-token"),
    refreshToken: canary("portal-refresh-token"),
    clientSecret: canary("portal-client-secret"),
  },
  webToken: `header.claims.${canary("web-token")}`,
  containerToken: canary("container-token"),
};
