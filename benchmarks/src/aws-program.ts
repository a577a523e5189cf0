import { readAws, type Way } from "./aws-read.ts";

/** Reads once, as a process of its own: `aws-program.ts <way> <count>`, with the `AWS_*` variables set. */
const [way, count] = process.argv.slice(2) as [Way, string];
const env = Object.fromEntries(
  Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
);
await readAws(way, Number(count), env);
