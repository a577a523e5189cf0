import { parseArgs } from "node:util";
import { asyncProperty, check } from "fast-check";
import { type Command, histories, type Setting, settings } from "./commands.ts";
import { type Core, live } from "./world.ts";

/*
 * Lives random histories of one copy of core, and prints what came of it as one line of JSON.
 * node run.ts --core <file URL of index.ts> --commands 500000 --runs 100000 --seed 1
 */
const { values } = parseArgs({
  options: {
    core: { type: "string" },
    commands: { type: "string" },
    runs: { type: "string", default: "1000000" },
    seed: { type: "string" },
    /** Whether a failure is made as short as possible. */
    shorten: { type: "string", default: "true" },
  },
});

const core = (await import(values.core ?? "")) as Core;
const retryBudget = Number(values.commands ?? Infinity);
const seed = Number(values.seed);
let commands = 0;
let runs = 0;

const property = asyncProperty(settings, histories, async (setting, history) => {
  if (commands >= retryBudget) return;
  runs++;
  commands += history.length;
  const found = await live(core, setting, history);
  if (found.length > 0) throw new Error(found.join("\n"));
});
const details = await check(property, {
  seed,
  numRuns: Math.min(Number(values.runs), Math.ceil(retryBudget / 40)),
  endOnFailure: values.shorten !== "true",
});
const [setting, history] = details.counterexample ?? [];
const shortest = setting && history && (values.shorten === "true" ? await shorten(setting, history) : history);
process.stdout.write(
  JSON.stringify({
    ...{ seed, runs, commands, failed: details.failed, tried: details.numRuns },
    ...(setting && shortest && { violations: await live(core, setting, shortest), setting, history: shortest }),
  }),
);

/** The same failure in fewer commands than a history must have. */
async function shorten(world: Setting, long: readonly Command[]): Promise<readonly Command[]> {
  for (let at = long.length - 1; at >= 0; at--) {
    const fewer = long.toSpliced(at, 1);
    if ((await live(core, world, fewer)).length > 0) return shorten(world, fewer);
  }
  return long;
}
