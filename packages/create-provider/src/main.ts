#!/usr/bin/env node
import { refusalOfNode } from "./node-version.ts";

// Before anything else is loaded: an older Node fails in the middle of it, with a stack.
const refusal = refusalOfNode(process.versions.node);
if (refusal === undefined) {
  const { create } = await import("./create.ts");
  process.exitCode = await create(process.argv.slice(2));
} else {
  process.stderr.write(`${refusal}\n`);
  process.exitCode = 69;
}
