import type { Clock, Prompter, Vault, VaultOptions } from "@vaultlink/core";
import type { AgentAccess } from "@vaultlink/agent";
import type { Configuration, Place } from "./config/load.ts";
import type { Progress } from "./progress/progress.ts";
import type { ProviderTable } from "./providers.ts";
import type { StartChild } from "./child/child.ts";

/** Everything a command may touch besides files. Injected, so that tests need no terminal and no vault. */
export interface CliContext extends Place {
  readonly providers: ProviderTable;
  /** The name of the command, for the log of who reads what. */
  readonly command?: string | undefined;
  readonly createVault: (options: VaultOptions) => Vault;
  /** The vault of the user's agent, or `undefined` where commands do without. Absent: there never is one. */
  readonly openAgent?: (
    configuration: Pick<Configuration, "user">,
    options: { readonly start: boolean },
  ) => Promise<AgentAccess | undefined>;
  /** Aborts when the user, or whoever runs us, gives up. */
  readonly signal: AbortSignal;
  /** The signal that asked the command to end, if one did. */
  readonly interrupted: () => NodeJS.Signals | undefined;
  /** Whoever sits at the terminal; absent in scripts and in CI. */
  readonly prompter: TerminalPrompter | undefined;
  /** The terminal that the window can be drawn on; absent in scripts and in CI. */
  readonly window?: WindowTerminal | undefined;
  /** Whether standard output is a terminal. */
  readonly outputIsTerminal: boolean;
  /** Whether standard error is a terminal. */
  readonly errorIsTerminal: boolean;
  /** Says one line to people, on standard error. */
  readonly notice: (line: string) => void;
  /** All of standard input. */
  readonly readInput: () => Promise<Uint8Array>;
  readonly startChild: StartChild;
  /** Shows a person that a vault does not answer yet; absent where nobody would see it. */
  readonly progress?: Progress | undefined;
  /** The time, for what measures it or waits. */
  readonly clock: Clock;
}

/** A terminal at both ends. */
export interface WindowTerminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream & { readonly fd: number };
}

/** A person at a terminal. Each question rejects with `aborted` if they decline. */
export interface TerminalPrompter extends Prompter {
  /** Asks for one line, with what it was before. */
  edit(label: string, before: string): Promise<string>;
  /** Has them choose one of a few. */
  choose<Value>(label: string, choices: readonly Choice<Value>[]): Promise<Value>;
  /** Has them choose one of many; what they type filters. */
  pick<Value>(label: string, choices: readonly Choice<Value>[], options?: PickOptions): Promise<Value>;
  /** Has them choose any number of many, all of them to begin with. */
  pickSeveral<Value>(label: string, choices: readonly Choice<Value>[]): Promise<readonly Value[]>;
  /** Asks yes or no; no is what Enter means. */
  confirm(label: string): Promise<boolean>;
}

export interface PickOptions {
  /** What is said where nothing is typed yet. */
  readonly typing?: string;
  /** Which choice Enter takes at once, by its index. @default 0 */
  readonly first?: number;
}

/** Something to choose. */
export interface Choice<Value> {
  readonly label: string;
  /** Shown beside it. */
  readonly hint?: string;
  readonly value: Value;
}
