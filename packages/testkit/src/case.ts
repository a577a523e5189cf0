import type { Clock } from "@vaultlink/core";
import type { CaseName, Group } from "./case-names.ts";

/** What a runner hands to a test: `node:test` and vitest both have it. */
export interface Runner {
  readonly skip?: ((reason: string) => unknown) | undefined;
}

/** How a case that did not fail came out. */
export interface Outcome {
  /** Why nothing was shown: what the session or the subject does not offer. */
  readonly skipped?: string;
}

/** One sentence of the contract, as a test for any runner. */
export interface Case {
  readonly group: Group;
  /** Unique; what `skip` calls it. */
  readonly name: CaseName;
  /** Why the case is not run. */
  readonly skip?: string;
  /** How long `run` may take, in ms; give your runner's own limit more. */
  readonly timeLimitMs: number;
  /**
   * Resolves if the provider keeps to the sentence, rejects with an `AssertionError` that says what to mend.
   * A case that turns out not to apply, e.g. for want of `readMany`, tells the runner, and resolves to the reason.
   */
  readonly run: (runner?: Runner) => Promise<Outcome>;
}

/** Names of cases that do not apply, and why. This list is the provider's data sheet. */
export type Skips = Readonly<Partial<Record<CaseName, string>>>;

/** How a provider deviates, and how long a case may take. */
export interface ConformanceOptions {
  readonly skip?: Skips;
  /** How long one case may take, in ms. When it is over, the signals that were lent abort, and the case fails. @default 60,000 */
  readonly timeLimitMs?: number;
  /** Measures that time. @default the system's clock */
  readonly clock?: Pick<Clock, "after">;
}
