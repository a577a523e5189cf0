export { type Agent, type AgentOptions, type Operations, startAgent } from "./server/agent.ts";
export { Call } from "./server/call.ts";
export type { Held, LifeLimits } from "./server/life.ts";
export type {
  CommandPlace,
  Configuration,
  ConfigurationSource,
  Proposal,
  Selected,
  Selection,
} from "./operations/configuration.ts";
export { VaultOperations } from "./operations/operations.ts";
