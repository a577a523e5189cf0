import type { ResetScope, SecretValue, VaultStatus } from "@vaultlink/core";
import type { CliContext } from "../context.ts";
import type { Entries } from "./entries.ts";

/** The vault behind the window: the agent's, or one in this process for as long as the window is open. */
export interface WindowVault {
  /** The context in which commands use that vault, too. */
  readonly context: CliContext;
  status(): Promise<VaultStatus>;
  getMany(
    names: readonly string[],
    options: { readonly signal: AbortSignal; readonly refresh?: boolean },
  ): Promise<Array<PromiseSettledResult<SecretValue>>>;
  /** What can be linked below a prefix. */
  list(connection: string, prefix: string, signal: AbortSignal): Entries;
  reset(scope: ResetScope | undefined): Promise<number>;
  /** Takes the configuration as it is now. */
  reload(): Promise<void>;
  /** Calls back when something happened to connections or values, until the signal aborts. */
  follow(changed: () => void, signal: AbortSignal): void;
  close(): Promise<void>;
}
