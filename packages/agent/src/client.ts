/** What a command needs to ask an agent, and nothing else: it is loaded at every call. */
export { AgentClient, type ClientOptions } from "./client/client.ts";
export { type AgentMode, isInteractive, modeOf, type Obstacle, obstacleOf } from "./client/mode.ts";
export { type AgentPlace, agentPlace, commandPlace, type UserEnvironment } from "./place.ts";
export { fromWireError } from "./protocol/error.ts";
export type { Message } from "./protocol/frame.ts";
export { isTerminal } from "./terminal.ts";
