import type { LinkChange, Vault } from "../../../src/index.ts";
import type { ModelClock } from "../model-clock.ts";
import type { Setting } from "./commands.ts";
import type { ChangingVault } from "./remote.ts";

/** A pool that is given values, and how it takes them. */
export interface Pool {
  readonly applied: string[];
  running: boolean;
}

/** What the model knows of one world. */
export interface World {
  readonly clock: ModelClock;
  readonly remote: ChangingVault;
  readonly vault: Vault;
  readonly setting: Setting;
  readonly violations: string[];
  readonly pools: { readonly x: Pool; readonly l: Pool };
  readonly changes: LinkChange[];
  /** How a pool takes values, and whether the database has another password than the vault. */
  apply: { readonly fails: boolean; readonly ms: number };
  broken: boolean;
  /** Grows with everything that may make a login fail that would otherwise succeed. */
  trouble: number;
  /** Reads of `x` that may give what the read before gave. */
  needless: number;
  /** When reads were allowed for logins that fail, since the database was broken. */
  refetches: number[];
  /** When the vault was disturbed, or the database broken, last. */
  disturbedMs: number;
}

/** The number at the end of a value: a newer one has a greater number. */
export const numberOf = (text: string): number => Number(text.split("-").at(-1) ?? 0);
