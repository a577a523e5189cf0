import { parseArgs } from "node:util";
import { check } from "./check.ts";

/*
 * The masker against the rule in many random cases: node test/mask/run.ts --cases 1000000 --seed 1
 * Prints one line of JSON, and fails where one case went wrong.
 */
const { values } = parseArgs({
  options: { cases: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" } },
});
const [cases, seed] = [Number(values.cases), Number(values.seed)];
const begun = performance.now();
const checked = check(cases, seed);
const seconds = Math.round((performance.now() - begun) / 1000);
process.stdout.write(`${JSON.stringify({ seed, seconds, ...checked })}\n`);
process.exitCode = checked.wrong.length === 0 ? 0 : 1;
