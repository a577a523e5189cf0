export { AgentClient, type ClientOptions } from "./client/client.ts";
export { findAgent } from "./client/find.ts";
export { type AgentMode, isInteractive, modeOf } from "./client/mode.ts";
export { AgentGone, type AgentSession, type AskOptions } from "./client/session.ts";
export { READY, startProcess, type StartOptions } from "./client/start.ts";
export { type AgentPlace, agentPlace, type Surroundings } from "./place.ts";
export type { Operation, Prompt } from "./protocol/call.ts";
export { fromWireError } from "./protocol/error.ts";
export type { Message } from "./protocol/frame.ts";
