import type { Job, Reply, SignIn } from "./protocol.ts";

/** A way to whoever does the jobs of a session: the thread of the SDK, or a Connect server. */
export interface JobRunner {
  /** Does a job. Throws what its failure means, or `aborted` with the signal. */
  readonly run: (job: Exclude<Job, SignIn>, signal: AbortSignal) => Promise<Reply>;
  /** Requests sent so far, where 1Password counts them against a quota. */
  readonly requests?: () => number;
  readonly close: () => Promise<void>;
}
