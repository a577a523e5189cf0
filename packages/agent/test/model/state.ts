import type { Clients } from "./clients.ts";
import type { Setting } from "./commands.ts";
import type { Model } from "./expected.ts";
import type { ModelClock } from "./model-clock.ts";
import type { Remote } from "./remote.ts";

/** An agent, its clients and its vaults, with what was found broken. */
export interface World {
  readonly clock: ModelClock;
  readonly setting: Setting;
  readonly remote: Remote;
  readonly model: Model;
  readonly clients: Clients;
  /** How often tokens changed since the agent started. */
  tokens: number;
  /** Each says which rule was broken, and how. */
  readonly violations: string[];
}
