import type { AgentAccess } from "@vaultlink/agent";
import type { CliContext } from "../context.ts";
import { notListed } from "./entries.ts";
import type { WindowVault } from "./vault.ts";

/** The agent's vault. Commands open connections of their own to the agent. */
export function agentWindowVault(context: CliContext, agent: AgentAccess): WindowVault {
  return {
    context,
    status: () => agent.status(),
    getMany: (names, options) => agent.getMany(names, options),
    list: notListed,
    reset: (scope) => agent.reset(scope),
    reload: () => agent.reload(),
    follow: (changed, signal) => void agent.follow(changed, signal).catch(() => undefined),
    close: () => agent.close(),
  };
}
