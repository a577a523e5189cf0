import type { Disconnected, GetOptions, OpenOptions, SecretValue, Vault, VaultStatus } from "@vaultlink/core";

/** What commands ask of a vault: one in this process, or the agent's. */
export interface VaultAccess {
  /** Whether a sign-in lasts beyond the command, as with the agent. @default false */
  readonly keepsSessions?: boolean;
  getMany(names: readonly string[], options?: GetOptions): Promise<Array<PromiseSettledResult<SecretValue>>>;
  relink(name: string, reference: string, options?: GetOptions): Promise<void>;
  reauthenticate(connection: string, options?: SignInOptions): Promise<{ readonly identity?: string }>;
  list: Vault["list"];
  disconnect(connection: string): Promise<Disconnected>;
  status(): VaultStatus | Promise<VaultStatus>;
  close: Vault["close"];
}

export interface SignInOptions extends OpenOptions {
  /** Not where another command has signed in meanwhile. */
  readonly ifNeeded?: boolean;
}
