import { parseArgs } from "node:util";
import { asyncProperty, check } from "fast-check";
import { type Command, histories, type Setting, settings } from "./commands.ts";
import { loadCommand, REPOSITORY } from "./copy-of-command.ts";
import { becomeNobody } from "./nobody.ts";
import { live } from "./world.ts";

/*
 * Lives random histories of machines with a policy, and prints what came of it as one line of JSON:
 * node --conditions=source test/policy-model/run.ts --commands 100000 --seed 1
 */
const { values } = parseArgs({
  options: {
    /** The folder of the copy under test. */
    root: { type: "string", default: REPOSITORY },
    commands: { type: "string" },
    runs: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    /** Machines and histories, as a report has them, instead of random ones. */
    cases: { type: "string" },
    /** Whether a failure is made as short as possible. */
    shorten: { type: "string", default: "true" },
  },
});

const command = await loadCommand(values.root);
await becomeNobody(command);
if (values.cases !== undefined) {
  const violations: Array<readonly string[]> = [];
  for (const { history, setting } of JSON.parse(values.cases) as ReadonlyArray<Lived>) {
    violations.push(await live(command, setting, history));
  }
  process.stdout.write(JSON.stringify({ violations }));
  process.exit();
}
const wanted = Number(values.commands ?? Infinity);
const seed = Number(values.seed);
const begun = process.cpuUsage();
let [runs, commands] = [0, 0];

const property = asyncProperty(settings, histories, async (setting, history) => {
  if (commands >= wanted) return;
  runs++;
  commands += history.length;
  const found = await live(command, setting, history);
  if (found.length > 0) throw new Error(found.join("\n"));
});
const numRuns = Math.min(Number(values.runs), Math.ceil(wanted / 12));
const details = await check(property, { seed, numRuns, endOnFailure: values.shorten !== "true" });
const { system, user } = process.cpuUsage(begun);
const [setting, history] = details.counterexample ?? [];
const shortest = setting && history && (values.shorten === "true" ? await shorten(setting, history) : history);
process.stdout.write(
  JSON.stringify({
    ...{ seed, runs, commands, failed: details.failed, tried: details.numRuns },
    cpuSeconds: Math.round((system + user) / 10_000) / 100,
    ...(setting && shortest && { violations: await live(command, setting, shortest), setting, history: shortest }),
  }),
);

interface Lived {
  readonly setting: Setting;
  readonly history: readonly Command[];
}

/** The same failure in fewer commands than a history must have. */
async function shorten(world: Setting, long: readonly Command[]): Promise<readonly Command[]> {
  for (let at = long.length - 1; at >= 0; at--) {
    const fewer = long.toSpliced(at, 1);
    if ((await live(command, world, fewer)).length > 0) return shorten(world, fewer);
  }
  return long;
}
