import { parseArgs } from "node:util";
import { asyncProperty, check } from "fast-check";
import { histories, settings } from "./commands.ts";
import { type Core, live } from "./world.ts";

/*
 * Lives random histories of values that change, of one copy of core, and prints what came of it as one line of JSON.
 * node run.ts --core <file URL of index.ts> --runs 1000 --seed 1
 */
const { values } = parseArgs({
  options: {
    core: { type: "string" },
    runs: { type: "string", default: "1000" },
    commands: { type: "string", default: "0" },
    seed: { type: "string" },
    shorten: { type: "string", default: "true" },
  },
});

const core = (await import(values.core ?? "")) as Core;
const seed = Number(values.seed);
const wanted = Number(values.commands);
let [runs, commands] = [0, 0];

const property = asyncProperty(settings, histories, async (setting, history) => {
  if (wanted > 0 && commands >= wanted) return;
  runs++;
  commands += history.length;
  const found = await live(core, setting, history);
  if (found.length > 0) throw new Error(found.join("\n"));
});
const numRuns = wanted > 0 ? Math.ceil(wanted / 20) : Number(values.runs);
const details = await check(property, { seed, numRuns, endOnFailure: values.shorten !== "true" });
const [setting, history] = details.counterexample ?? [];
process.stdout.write(
  JSON.stringify({
    ...{ seed, runs, commands, failed: details.failed, tried: details.numRuns },
    ...(setting && history && { violations: await live(core, setting, history), setting, history }),
  }),
);
