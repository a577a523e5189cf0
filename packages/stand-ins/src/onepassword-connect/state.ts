import type { Clock } from "../kit/clock.ts";
import { seededIds } from "../kit/ids.ts";
import { CANARY } from "../kit/witness.ts";
import type { OnePasswordSeed } from "../onepassword/seed.ts";
import { Vaults } from "../onepassword/vaults.ts";

/** Somebody with a token. */
export interface Holder {
  token: string;
  /** Ids of vaults. */
  readonly vaults: Set<string>;
  revoked: boolean;
}

/** All a running stand-in knows. */
export interface OnePasswordConnectState {
  readonly clock: Clock;
  readonly vaults: Vaults;
  readonly holders: ReadonlyMap<string, Holder>;
  /** Makes a token that nobody had before. */
  readonly newToken: (label: string) => string;
}

/** `keys` makes other tokens: the same in every run with the same text. */
export function createState(seed: OnePasswordSeed, clock: Clock, keys = "connect"): OnePasswordConnectState {
  const vaults = new Vaults(seed.vaults, seededIds("1password"), clock);
  const forTokens = seededIds(`tokens of ${keys}`);
  const newToken = (label: string): string => `${CANARY}connect-${label}-${forTokens.text(32)}`;
  const holders = Object.entries(seed.accounts).map(([label, account]) => {
    const ids = new Set(account.vaults.map((name) => vaults.named(name).id));
    return [label, { token: newToken(label), vaults: ids, revoked: false }] as const;
  });
  return { clock, vaults, holders: new Map(holders), newToken };
}
