import { AgentAccess } from "@vaultlink/agent";
import { AgentClient, commandPlace, isInteractive, modeOf } from "@vaultlink/agent/client";
import type { Configuration } from "../config/load.ts";
import type { CliContext } from "../context.ts";
import { findPlace } from "./place.ts";
import { startAgentProcess } from "./start.ts";

/** Whether commands go through the agent: the environment says so, else the configuration, else it depends. */
export function wantsAgent(context: CliContext, { user }: Pick<Configuration, "user">): boolean {
  const mode = modeOf(context.env) ?? user.content.agent ?? "auto";
  return mode === "on" || (mode === "auto" && isInteractive(context.env));
}

/**
 * The vault of the user's agent, or `undefined` where commands do without one. An agent that is not there and cannot be
 * started is told in one line. Throws `invalid_config` for what stands in its place.
 */
export async function openAgent(
  context: CliContext,
  configuration: Pick<Configuration, "user">,
  { start }: { readonly start: boolean },
): Promise<AgentAccess | undefined> {
  const place = wantsAgent(context, configuration) ? findPlace(context) : undefined;
  if (place === undefined) return undefined;
  const client = await AgentClient.open({
    place,
    env: context.env,
    commandPlace: commandPlace(context),
    reader: context.command,
    ...(start && { start: () => startAgentProcess(context.env) }),
  });
  if (client !== undefined) return new AgentAccess(client);
  if (start) context.notice("The agent could not be started, so this command signs in and reads by itself.");
  return undefined;
}
