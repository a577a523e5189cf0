import type { Standings } from "./oracle.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Outcome } from "./state.ts";
import type { Given, Verdict } from "./verdict.ts";

/** What is known of one command that was given. */
export interface Step {
  readonly command: Given;
  readonly verdict: Verdict;
  /** What counted before it. */
  readonly standings: Standings;
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly outcome: Outcome;
}

/** Notes that an invariant was broken. */
export type Broken = (invariant: string, what: string) => void;
