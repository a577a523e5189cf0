import { SecretError } from "@vaultlink/core";
import { isTerminal } from "../terminal.ts";

/** Whether commands go through an agent: `auto` means where a person is at a terminal. */
export type AgentMode = "on" | "off" | "auto";

/** Signs of a container: an agent would live in each, and end with it. */
const CONTAINER_FILES = ["/.dockerenv", "/run/.containerenv"];
const CONTAINER_VARIABLES = ["container", "KUBERNETES_SERVICE_HOST"];

/** What `VAULTLINK_AGENT` says; throws `invalid_config` for anything else than a mode. */
export function modeOf(env: Readonly<Record<string, string | undefined>>): AgentMode | undefined {
  const given = env["VAULTLINK_AGENT"];
  if (!given) return undefined;
  if (given === "on" || given === "off" || given === "auto") return given;
  throw new SecretError("invalid_config", "VAULTLINK_AGENT must be on, off or auto.", {
    hint: "unset VAULTLINK_AGENT",
  });
}

/** Why `auto` means no. */
export type Obstacle = "ci" | "no-terminal" | "container";

/** Whether `auto` means yes: one of our streams is a terminal, and neither CI nor a container runs us. */
export function isInteractive(env: Readonly<Record<string, string | undefined>>): boolean {
  return obstacleOf(env) === undefined;
}

/** Why `auto` means no; `undefined` where it means yes. */
export function obstacleOf(env: Readonly<Record<string, string | undefined>>): Obstacle | undefined {
  const { CI: ci } = env;
  if (ci !== undefined && ci !== "" && ci !== "0" && ci !== "false") return "ci";
  if (![0, 1, 2].some((stream) => isTerminal(stream))) return "no-terminal";
  if (CONTAINER_VARIABLES.some((name) => env[name])) return "container";
  const { existsSync } = process.getBuiltinModule("node:fs");
  return CONTAINER_FILES.some((file) => existsSync(file)) ? "container" : undefined;
}
