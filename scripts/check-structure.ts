import { join } from "node:path";

import { commands } from "./structure/commands.ts";
import { cycles } from "./structure/cycles.ts";
import { directions, layers } from "./structure/direction.ts";
import { bundled, pins, providers, published } from "./structure/packages.ts";
import { readWorkspace } from "./structure/read.ts";
import { measured, size } from "./structure/size.ts";

/* Fails if the code has lost its shape: see the comment at each rule. */
const workspace = readWorkspace(join(import.meta.dirname, ".."));
const problems = [cycles, layers, commands, directions, providers, published, pins, bundled, size].flatMap((rule) =>
  rule(workspace),
);

for (const problem of problems) console.error(problem);
console.log(measured(workspace.sources));
console.log(problems.length === 0 ? "The structure holds." : `${problems.length} problems.`);
process.exitCode = problems.length === 0 ? 0 : 1;
