import type { Context } from "@vaultlink/core/provider";
import type { Job, Reply, SignIn } from "./protocol.ts";

/** Gives a job to the thread of a session. Throws what its failure means. */
export type Requester = (job: Exclude<Job, SignIn>, context: Context) => Promise<Reply>;
