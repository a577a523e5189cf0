import type { AgentClient, Message } from "@vaultlink/agent";
import { systemClock } from "@vaultlink/core/internal";
import { AgentAccess } from "@vaultlink/agent";
import { terminalProgress } from "../progress/terminal.ts";
import { LIMIT_MS } from "../progress/watched.ts";

export interface Slow {
  readonly client: AgentClient;
  readonly names?: readonly string[];
  /** How long the person waits already, in ms. */
  readonly startedAgoMs: number;
}

/** Shows progress while the agent waits for a vault. */
export async function showProgress(
  work: () => Promise<Message>,
  { client, names, startedAgoMs }: Slow,
): Promise<Message> {
  const progress = terminalProgress(systemClock(), process.env);
  if (progress === undefined) return work();
  const vault = new AgentAccess(client);
  const wait = { ...(names && { names }), status: () => vault.status(), limitMs: LIMIT_MS };
  return progress.during(wait, work, startedAgoMs);
}
