import type { FactorRules } from "./factors.ts";

/** What kind of node answers. */
export type VaultMode =
  | "active"
  | "sealed"
  | "uninitialised"
  /** A standby that sends clients to the active node. */
  | { readonly standby: string }
  /** A standby that cannot: HTTP 429, 472 (disaster recovery) or 473 (performance), without a text. */
  | { readonly standby: 429 | 472 | 473 }
  /** A replica that has not caught up: HTTP 412. */
  | "behind";

/** How this server's release behaves, where releases differ. */
export interface VaultSettings {
  mode: VaultMode;
  /**
   * The text of a 403 for a token that is not known: as OpenBao 2.7 says it, as HashiCorp Vault
   * documents it since April 2024, the same as two texts, or as very old servers did.
   */
  unknownToken: "bare" | "invalid-token" | "invalid-token-list" | "bad-token";
  /** What a request without a token gets: 403 as measured, or 400 `missing client token`. */
  missingToken: 403 | 400;
  /** `sys/internal/ui/mounts`: there, absent as on very old servers, or refused to everyone. */
  mountsEndpoint: "present" | "absent" | "refused";
  /** What every login asks for beside its credentials. */
  secondFactor: FactorRules | undefined;
}

export const CURRENT_SETTINGS: VaultSettings = {
  mode: "active",
  unknownToken: "bare",
  missingToken: 403,
  mountsEndpoint: "present",
  secondFactor: undefined,
};
