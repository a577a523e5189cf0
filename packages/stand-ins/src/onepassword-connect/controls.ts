import { type VaultControls, vaultControls } from "../onepassword/vault-controls.ts";
import type { Holder, OnePasswordConnectState } from "./state.ts";

/** What people do with their vaults and tokens behind the clients' backs. */
export interface OnePasswordConnectControls extends VaultControls {
  readonly revoke: (holder: string) => void;
  /** Gives somebody another token in the place of the one before. */
  readonly rotate: (holder: string) => void;
}

export function holderOf(state: OnePasswordConnectState, label: string): Holder {
  const found = state.holders.get(label);
  if (found === undefined) throw new Error("Nobody of this name has a token.");
  return found;
}

export function onePasswordConnectControls(state: OnePasswordConnectState): OnePasswordConnectControls {
  return {
    ...vaultControls(state.vaults, (label) => holderOf(state, label).vaults),
    revoke: (label) => {
      holderOf(state, label).revoked = true;
    },
    rotate: (label) => {
      holderOf(state, label).token = state.newToken(label);
    },
  };
}
