import type { AgentAccess, AgentClient } from "@vaultlink/agent";
import type { CommandPlace } from "@vaultlink/agent/server";
import type { CliContext } from "../../src/context.ts";
import type { CommandUnderTest } from "./copy-of-command.ts";
import type { ModelClock } from "./model-clock.ts";
import { TOKEN } from "./model-vault.ts";

/** A user's agent in this process: it is asked what a socket would ask it, and keeps what an agent keeps. */
export function openAgentInProcess(
  { agent, defineForAgent, loadForAgent }: CommandUnderTest,
  context: CliContext,
  clock: ModelClock,
): AgentAccess {
  const { cwd, env, home, platform, policy, providers, uid } = context;
  const own = { platform, uid, providers, env, ...(policy && { policy }) };
  const place: CommandPlace = { cwd, home, env: {} };
  const operations = new agent.VaultOperations(
    {
      programVariables: [],
      load: (told) => loadForAgent(told, own),
      define: (connection, proposal, told) => defineForAgent(connection, proposal, { told, own }),
    },
    clock,
  );
  const client: Pick<AgentClient, "ask" | "close"> = {
    async ask(operation, parameters = {}) {
      if (operation === "ping" || operation === "stop")
        throw new Error(`The model's agent is not asked for ${operation}.`);
      const request = {
        place,
        reader: { name: "model", pid: process.pid },
        envVariables: { [TOKEN]: env[TOKEN] },
        ...parameters,
      };
      const told = JSON.parse(JSON.stringify(request)) as Readonly<Record<string, unknown>>;
      return { ...(await operations.perform(operation, told, new agent.Call(() => undefined))) };
    },
    close: () => undefined,
  };
  const access = new agent.AgentAccess(client as AgentClient);
  // An example of a secret is looked for in a list: these vaults have none.
  return Object.assign(access, { list: async function* () {} });
}
