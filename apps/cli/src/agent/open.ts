import { AgentAccess } from "@vaultlink/agent";
import { AgentClient, commandPlace, isInteractive, modeOf, type Obstacle, obstacleOf } from "@vaultlink/agent/client";
import type { Configuration } from "../config/load.ts";
import { clean } from "../output/clean.ts";
import type { CliContext } from "../context.ts";
import { findPlace } from "./place.ts";
import { startAgentProcess } from "./start.ts";

/** Whether commands go through the agent: the environment says so, else the configuration, else it depends. */
export function wantsAgent(context: CliContext, { user }: Pick<Configuration, "user">): boolean {
  const mode = modeOf(context.env) ?? user.content.agent ?? "auto";
  return mode === "on" || (mode === "auto" && isInteractive(context.env));
}

const WHY: Readonly<Record<Obstacle, string>> = {
  ci: "CI is set",
  "no-terminal": "this is no terminal",
  container: "this is a container",
};

/** What has commands go through the agent all the same. */
export const USE_AGENT = "export VAULTLINK_AGENT=on";

/** Why commands do without the agent here, as the end of a sentence; `undefined` where they go through it. */
export function whyNoAgent(context: CliContext, configuration: Pick<Configuration, "user">): string | undefined {
  if (wantsAgent(context, configuration)) return undefined;
  const mode = modeOf(context.env);
  if (mode === "off") return "VAULTLINK_AGENT is off";
  if (mode === undefined && configuration.user.content.agent === "off")
    return `${clean(configuration.user.file)} says so`;
  return WHY[obstacleOf(context.env) ?? "no-terminal"];
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
