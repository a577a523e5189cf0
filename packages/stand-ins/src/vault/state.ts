import type { Clock } from "../kit/clock.ts";
import { seededIds, type Ids } from "../kit/ids.ts";
import { Database } from "./database.ts";
import type { Engine } from "./engine.ts";
import { Kv1 } from "./kv1.ts";
import { Kv2 } from "./kv2.ts";
import { Leases } from "./leases.ts";
import { Policies } from "./policies.ts";
import type { AuthType, SeedIdentity, SeedMount, VaultSeed } from "./seed.ts";
import type { PendingLogin } from "./factors.ts";
import { CURRENT_SETTINGS, type VaultSettings } from "./settings.ts";
import { Tokens } from "./tokens.ts";

/** Somebody who may sign in, until that is taken away. */
export type Account = SeedIdentity & {
  readonly name: string;
  /** Whether its AppRole takes a secret id. @default true */
  readonly bindSecretId?: boolean;
};

/** All a running stand-in knows. */
export interface VaultState {
  readonly seed: VaultSeed;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly settings: VaultSettings;
  readonly policies: Policies;
  readonly tokens: Tokens;
  readonly leases: Leases;
  /** Full path, namespace included, to what is mounted there. */
  readonly mounts: ReadonlyMap<string, Engine>;
  readonly auth: ReadonlyMap<string, AuthType>;
  readonly accounts: Map<string, Account>;
  /** Logins that wait for their second factor, and passcodes that were used. */
  readonly pending: Map<string, PendingLogin>;
  readonly passcodes: Set<unknown>;
}

export function createState(seed: VaultSeed, clock: Clock): VaultState {
  const ids = seededIds("vault");
  const tokens = new Tokens(clock, ids);
  const leases = new Leases(clock);
  tokens.issue({ label: "root", id: seed.rootToken, policies: ["root"], ttl: 0, orphan: true });
  for (const [label, { token, policies }] of Object.entries(seed.identities)) {
    tokens.issue({ label, id: token, policies: withDefault(policies) });
  }
  return {
    seed,
    clock,
    ids,
    settings: { ...CURRENT_SETTINGS },
    policies: new Policies(seed.policies),
    tokens,
    leases,
    mounts: new Map(seed.mounts.map((mount) => [mount.path, engineOf(mount, clock, ids, leases)])),
    auth: new Map(seed.auth.map(({ path, type }) => [path, type])),
    accounts: new Map(Object.entries(seed.identities).map(([name, identity]) => [name, { ...identity, name }])),
    pending: new Map(),
    passcodes: new Set(),
  };
}

/** Every token has the `default` policy beside its own; the vault sorts them. */
export function withDefault(policies: readonly string[]): readonly string[] {
  return [...new Set([...policies, "default"])].toSorted();
}

function engineOf(mount: SeedMount, clock: Clock, ids: Ids, leases: Leases): Engine {
  switch (mount.type) {
    case "kv-v1":
      return new Kv1(mount.entries ?? {}, ids);
    case "kv-v2":
      return new Kv2(mount.secrets ?? {}, clock, ids);
    case "database":
      return new Database(mount.path, mount.roles ?? {}, ids, leases);
  }
}
