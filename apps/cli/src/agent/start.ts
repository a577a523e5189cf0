import { fileURLToPath } from "node:url";
import type { Env } from "@vaultlink/core";
import { nodeOptions } from "../node-options.ts";

/** Starts this user's agent. Resolves with whether one serves now. */
export async function startAgentProcess(env: Env): Promise<boolean> {
  const { startProcess } = await import("@vaultlink/agent");
  return startProcess({ command: [process.execPath, ...nodeOptions(), program()], env });
}

/** The agent's program: beside this one in the bundle, or among the sources. */
function program(): string {
  return fileURLToPath(new URL(import.meta.url.endsWith(".ts") ? "./main.ts" : "./agent.js", import.meta.url));
}
