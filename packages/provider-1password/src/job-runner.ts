import type { Context } from "@vaultlink/core/provider";
import type { Job, Reply, SignIn } from "./protocol.ts";

/** A way to whoever does the jobs of a session: the thread of the SDK, or a Connect server. */
export interface JobRunner {
  /** Does a job. Throws what its failure means, or `aborted` with the signal. */
  readonly run: (job: Exclude<Job, SignIn>, signal: AbortSignal) => Promise<Reply>;
  /** Requests sent so far, where 1Password counts them against a quota. */
  readonly requests?: () => number;
  readonly costs: Costs;
  readonly close: () => Promise<void>;
}

/** Gives a job to the thread of a session. Throws what its failure means. */
export type Requester = (job: Exclude<Job, SignIn>, context: Context) => Promise<Reply>;

/** What reading costs: decides whether many are read singly or together. */
export interface Costs {
  /** Requests of one batch by names, in so many vaults. One by its ids is one request everywhere. */
  readonly ofBatch: (vaults: number) => number;
  /** Jobs that it does at a time. */
  readonly atOnce: number;
}
