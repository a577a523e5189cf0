import { ModelClock } from "./model-clock.ts";
import type { Command, Setting } from "./commands.ts";
import { Model } from "./expected.ts";
import { perform } from "./perform.ts";
import { type AgentUnderTest, Clients } from "./clients.ts";
import { Remote } from "./remote.ts";
import type { World } from "./state.ts";

/** Lives one history, and gives the rules that were broken. */
export async function live(
  agent: AgentUnderTest,
  setting: Setting,
  commands: readonly Command[],
): Promise<readonly string[]> {
  const clock = new ModelClock();
  const remote = new Remote(clock, setting.lifeMinutes * 60_000);
  const model = new Model(setting, remote, () => clock.monotonicMs());
  const clients = new Clients(agent, { clock, remote, ttlMinutes: setting.ttlMinutes });
  const world: World = { clock, setting, remote, model, clients, tokens: 0, violations: [] };
  try {
    for (const command of commands) {
      await perform(world, command);
      if (world.violations.length > 0) break;
    }
  } catch (error) {
    world.violations.push((error as Error).message);
  }
  return world.violations;
}
