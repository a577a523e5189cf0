import { type AgentPlace, agentPlace } from "@vaultlink/agent/client";
import type { Place } from "../config/load.ts";
import { PLACE_VARIABLES } from "./variables.ts";

/** Where this user's agent is, or `undefined` where none can be. */
export function findPlace(place: Omit<Place, "cwd">): AgentPlace | undefined {
  if (place.platform === "win32" || place.uid === undefined) return undefined;
  return agentPlace(place);
}

/** Where a command runs, as the agent is told. */
export function commandPlace({ cwd, env, home }: Pick<Place, "cwd" | "env" | "home">): object {
  const told = PLACE_VARIABLES.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { cwd, home, env: Object.fromEntries(told) };
}
