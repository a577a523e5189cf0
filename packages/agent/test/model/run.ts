import { parseArgs } from "node:util";
import { asyncProperty, check } from "fast-check";
import type { AgentUnderTest } from "./clients.ts";
import { type Command, histories, type Setting, settings } from "./commands.ts";
import { live } from "./world.ts";

/*
 * Lives random histories of one copy of the agent, and prints what came of it as one line of JSON.
 * node --conditions=source run.ts --operations <file URL of operations.ts> --commands 100000 --seed 1
 */
const { values } = parseArgs({
  options: {
    operations: { type: "string" },
    runs: { type: "string", default: "1000" },
    commands: { type: "string", default: "0" },
    seed: { type: "string" },
    shorten: { type: "string", default: "true" },
  },
});

const agent = (await import(values.operations ?? "")) as AgentUnderTest;
const seed = Number(values.seed);
const wanted = Number(values.commands);
let [runs, commands] = [0, 0];

const property = asyncProperty(settings, histories, async (setting, history) => {
  if (wanted > 0 && commands >= wanted) return;
  runs++;
  commands += history.length;
  const found = await live(agent, setting, history);
  if (found.length > 0) throw new Error(found.join("\n"));
});
const numRuns = wanted > 0 ? Math.ceil(wanted / 20) : Number(values.runs);
const details = await check(property, { seed, numRuns, endOnFailure: values.shorten !== "true" });
const [setting, found] = details.counterexample ?? [];
const history = setting && found && (values.shorten === "true" ? await shorten(setting, found) : found);
process.stdout.write(
  JSON.stringify({
    ...{ seed, runs, commands, failed: details.failed, tried: details.numRuns },
    ...(setting && history && { violations: await live(agent, setting, history), setting, history }),
  }),
);

/** The same failure in fewer commands than a history must have. */
async function shorten(world: Setting, long: readonly Command[]): Promise<readonly Command[]> {
  for (let at = long.length - 1; at >= 0; at--) {
    const fewer = long.toSpliced(at, 1);
    if ((await live(agent, world, fewer)).length > 0) return shorten(world, fewer);
  }
  return long;
}
