import { rotate } from "./account.ts";
import type { OnePasswordState } from "./state.ts";
import { type VaultControls, vaultControls } from "./vault-controls.ts";

/** What people do with their vaults and service accounts behind the clients' backs. */
export interface OnePasswordControls extends VaultControls {
  /** Ends a service account's token and its sessions. */
  readonly revoke: (account: string) => void;
  /** Forgets sessions, of one service account or all: the clients sign in again. */
  readonly expire: (account?: string) => void;
  /** Gives a service account new keys: the same account with another token, which `tokenOf` gives. */
  readonly rotate: (account: string) => void;
}

export function onePasswordControls(state: OnePasswordState): OnePasswordControls {
  const { vaults, accounts, access, sessions } = state;
  const seenBy = (label: string): Set<string> => {
    const found = access.get(label);
    if (found === undefined) throw new Error("There is no such service account.");
    return found.vaults;
  };
  return {
    ...vaultControls(vaults, seenBy),
    revoke: (label) => {
      state.revoked.add(label);
      sessions.end(label);
    },
    expire: (label) => sessions.end(label),
    rotate: (label) => {
      const account = accounts.get(label);
      if (account === undefined) throw new Error("There is no such service account.");
      sessions.end(label);
      state.revoked.delete(label);
      accounts.set(label, rotate(account, state.ids));
    },
  };
}
