import type { Clock } from "../kit/clock.ts";
import { type Ids, seededIds } from "../kit/ids.ts";
import { type Account, createAccount } from "./account.ts";
import { idOf } from "./encoding.ts";
import type { OnePasswordSeed } from "./seed.ts";
import { Sessions } from "./sessions.ts";
import { Vaults } from "./vaults.ts";

/** What a service account may see, changed at run time. */
export interface Access {
  /** Ids of vaults. */
  readonly vaults: Set<string>;
  /** Ids of vaults that it sees and whose items it may not read. */
  readonly sealed: Set<string>;
}

/** All a running stand-in knows. */
export interface OnePasswordState {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly vaults: Vaults;
  readonly accounts: Map<string, Account>;
  readonly access: ReadonlyMap<string, Access>;
  /** Service accounts whose token was revoked. */
  readonly revoked: Set<string>;
  readonly sessions: Sessions;
}

/** `keys` makes other keys: the same in every run with the same text. */
export function createState(seed: OnePasswordSeed, clock: Clock, keys = "1password"): OnePasswordState {
  const ids = seededIds("1password");
  const accountId = idOf(ids.bytes(16));
  const vaults = new Vaults(seed.vaults, ids, clock);
  const idsOf = (names: readonly string[] = []): Set<string> => new Set(names.map((name) => vaults.named(name).id));
  const forKeys = seededIds(`keys of ${keys}`);
  return {
    clock,
    ids: forKeys,
    vaults,
    accounts: new Map(
      Object.keys(seed.accounts).map((label) => [label, createAccount(label, accountId, forKeys)] as const),
    ),
    access: new Map(
      Object.entries(seed.accounts).map(([label, account]) => [
        label,
        { vaults: idsOf(account.vaults), sealed: idsOf(account.sealed) },
      ]),
    ),
    revoked: new Set(),
    sessions: new Sessions(ids),
  };
}
