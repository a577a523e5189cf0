import { generateKeyPairSync, type KeyObject } from "node:crypto";
import type { Clock } from "../kit/clock.ts";
import type { AzureSeed, SeedPrincipal } from "./seed.ts";
import { KeyVault } from "./vaults.ts";

/** What differs between tenants and days, switched at run time. */
export interface AzureSettings {
  /** Seconds that an access token holds. */
  tokenSeconds: number;
  /** Seconds after which Entra wants an access token renewed; absent: it does not say. */
  refreshSeconds: number | undefined;
  /** Secrets of one page of a list. */
  pageSize: number;
  /** Which tenant a vault's challenge names; absent: the vaults' own. */
  challengeTenant: string | undefined;
  /** Whether a device code was approved, or declined, or neither yet. */
  deviceCode: "approved" | "declined" | "pending";
  /** Whether Entra wants the person again, whatever it gave before. */
  interactionRequired: boolean;
}

/** Somebody, and our own label of them. */
export interface Known {
  readonly label: string;
  readonly who: SeedPrincipal;
}

/** Something that was given once and is taken once: a code, or a refresh token. */
export interface Grant {
  readonly label: string;
  readonly challenge?: string;
}

/** All a running stand-in knows. */
export interface AzureState {
  readonly seed: AzureSeed;
  readonly clock: Clock;
  readonly settings: AzureSettings;
  readonly vaults: ReadonlyMap<string, KeyVault>;
  readonly keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
  /** Certificates of applications, by client id: PEM. */
  readonly certificates: Map<string, string[]>;
  readonly grants: Map<string, Grant>;
  /** Tokens issued so far. */
  issued: number;
  /** Whose tokens were ended, and the number of the last that was: label → number. */
  readonly revoked: Map<string, number>;
  /** The person who signs in by a page or a code. */
  person: string;
  /** Where Entra answers, once it does. */
  authority: string;
}

export function createState(seed: AzureSeed, clock: Clock): AzureState {
  return {
    seed,
    clock,
    settings: {
      tokenSeconds: 3600,
      refreshSeconds: undefined,
      pageSize: 25,
      challengeTenant: undefined,
      deviceCode: "approved",
      interactionRequired: false,
    },
    vaults: new Map(seed.vaults.map((vault) => [vault.name, new KeyVault(vault, clock)])),
    keys: generateKeyPairSync("ec", { namedCurve: "P-256" }),
    certificates: new Map(),
    grants: new Map(),
    issued: 0,
    revoked: new Map(),
    person: "person",
    authority: "",
  };
}

/** Somebody by object id. */
export function findByObjectId({ seed }: AzureState, objectId: unknown): Known | undefined {
  const all: Readonly<Record<string, SeedPrincipal>> = { ...seed.applications, ...seed.people, ...seed.machines };
  const found = Object.entries(all).find(([, { objectId: held }]) => held === objectId);
  return found && { label: found[0], who: found[1] };
}
