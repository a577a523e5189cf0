import { type AgentPlace, agentPlace } from "@vaultlink/agent/client";
import type { Place } from "../config/load.ts";

/** Where this user's agent is, or `undefined` where none can be. */
export function findPlace(place: Omit<Place, "cwd">): AgentPlace | undefined {
  if (place.platform === "win32" || place.uid === undefined) return undefined;
  return agentPlace(place);
}
