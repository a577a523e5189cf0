import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HOME } from "./home.ts";

/* Records of what is installed, below `.backends`: each changes with what was asked for, and with nothing else. */

/** Whether what a recipe's digest stands for was installed. */
export function isStamped(stamp: string, pins: string): boolean {
  const path = join(HOME, stamp);
  return existsSync(path) && readFileSync(path, "utf8") === JSON.stringify({ pins });
}

/** Records it. */
export function writeStamp(stamp: string, pins: string): void {
  writeFileSync(join(HOME, stamp), JSON.stringify({ pins }));
}
