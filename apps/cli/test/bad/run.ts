import { parseArgs } from "node:util";
import * as fc from "fast-check";
import { badInput } from "./input.ts";
import { judge } from "./judge.ts";
import { openStage } from "./stage.ts";

/*
 * Bad references, command lines, files and answers of vaults, each taken as documented:
 * node --conditions=source test/bad/run.ts --inputs 10000 --seed 1
 * Prints a line of JSON with how many ended with which status, and fails where one was taken otherwise.
 */
const { values } = parseArgs({
  options: { inputs: { type: "string", default: "10000" }, seed: { type: "string", default: "1" } },
});
const stage = await openStage();
const statuses: Record<number, number> = {};
const wrong: object[] = [];
const begun = performance.now();
for (const input of fc.sample(badInput, { numRuns: Number(values.inputs), seed: Number(values.seed) })) {
  const came = await stage.perform(input);
  statuses[came.code] = (statuses[came.code] ?? 0) + 1;
  const fault = judge(came, input);
  if (fault !== undefined) wrong.push({ fault, input, said: came.complaint.slice(0, 300) });
}
await stage.close();
const seconds = Math.round((performance.now() - begun) / 1000);
process.stdout.write(`${JSON.stringify({ seed: values.seed, seconds, statuses, wrong: wrong.length })}\n`);
for (const one of wrong.slice(0, 20)) process.stdout.write(`${JSON.stringify(one)}\n`);
process.exit(wrong.length === 0 ? 0 : 1);
