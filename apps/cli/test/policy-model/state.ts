import type { AgentAccess } from "@vaultlink/agent";
import type { ProjectContent, UserContent } from "../../src/config/content.ts";
import type { CliContext } from "../../src/context.ts";
import type { PolicyContent } from "../../src/policy/content.ts";
import type { By, Person, Setting } from "./commands.ts";
import type { CommandUnderTest } from "./copy-of-command.ts";
import type { ModelClock } from "./model-clock.ts";
import type { ModelVaults } from "./model-vault.ts";

/** One user of the machine. */
export interface User {
  readonly index: By;
  readonly person: Person;
  readonly context: CliContext;
  /** What keeps their sessions and values; absent where each command does without. */
  readonly agent: AgentAccess | undefined;
  readonly files: { readonly user: string; readonly project: string; readonly trust: string; readonly audit: string };
  /** What the files have to hold. */
  user: UserContent;
  project: ProjectContent;
}

/** What the model knows of one machine. */
export interface World {
  readonly command: CommandUnderTest;
  readonly setting: Setting;
  readonly clock: ModelClock;
  readonly vaults: ModelVaults;
  readonly users: readonly [User, User];
  readonly policyFile: string;
  /** Whether its users may write the policy. */
  readonly isWritable: boolean;
  /** What the policy has to hold; `undefined` where there is none. */
  policy: PolicyContent | undefined;
  /** Until when a vault that could not be reached may count as such, in ms of the clock. */
  troubleUntil: number;
  readonly violations: string[];
}

/** What a command came to: what it printed as JSON, or why it failed. */
export type Outcome =
  | { readonly json: Readonly<Record<string, unknown>> }
  | {
      readonly code: string;
      readonly exit: number;
      readonly message: string;
      readonly reason: string | undefined;
      readonly hint: string | undefined;
    };
