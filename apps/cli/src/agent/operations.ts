import { type CommandPlace, type Operations, VaultOperations } from "@vaultlink/agent/server";
import { systemClock } from "@vaultlink/core/internal";
import { PROVIDERS } from "../providers.ts";
import { defineForAgent, loadForAgent } from "./source.ts";
import { PROGRAM_VARIABLES } from "./variables.ts";

/** What the agent does, with the configuration files and the providers that commands have. */
export function createOperations(place: {
  readonly platform: NodeJS.Platform;
  readonly uid: number | undefined;
}): Operations {
  const own = { ...place, providers: PROVIDERS, env: process.env };
  const source = {
    programVariables: PROGRAM_VARIABLES,
    load: async (told: Parameters<typeof loadForAgent>[0]) => loadForAgent(told, own),
    define: async (connection: string, proposal: Parameters<typeof defineForAgent>[1], told: CommandPlace) =>
      defineForAgent(connection, proposal, { told, own }),
  };
  return new VaultOperations(source, systemClock());
}
