import { parseArgs } from "node:util";
import { isThere, READERS, readBack } from "./read-back.ts";

/*
 * Random values through every format, read back: node --conditions=source test/export/run.ts --values 10000 --seed 1
 * Prints a line for each reader, and fails where one value came back as another.
 */
const { values } = parseArgs({
  options: { values: { type: "string", default: "10000" }, seed: { type: "string", default: "1" } },
});
for (const reader of READERS) {
  const who = `${reader.format}, ${reader.program ?? "Node"}`;
  if (!isThere(reader)) {
    process.stdout.write(`${who}: not installed\n`);
    continue;
  }
  const came = readBack(reader, Number(values.values), Number(values.seed));
  process.stdout.write(`${who}: ${JSON.stringify(came)}\n`);
  if (came.different.length > 0) process.exitCode = 1;
}
