// Plain JavaScript that any Node since 12 can run: its one job is to say, in one line, why the rest would not.
import { existsSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** What vitest, tsdown and running TypeScript files directly need. The same as `engines` in package.json. */
const RANGES = [
  [22, 18],
  [24, 11],
];
const NEXT = 26;

/** Whether the tools of this repository run on `version`, such as `24.11.0`. */
export function isSupported(version) {
  const [major, minor] = version.split(".").map(Number);
  return major >= NEXT || RANGES.some((range) => range[0] === major && minor >= range[1]);
}

/** The one line to print, or nothing if all is well. `command` is what was asked for: `test`, `demo`. */
export function complaint(version, installed, command) {
  const instead = "npx -y -p node@24 -p pnpm@11.22.0 -- pnpm " + command;
  if (!isSupported(version)) {
    return (
      "Node " + version + " does not run this repository (it needs 22.18, 24.11, or 26 and later). Run: " + instead
    );
  }
  if (!installed) return "The dependencies are not installed. Run: " + instead;
  return undefined;
}

/** Prints the complaint, if any. False means: do not go on. */
export function preflight() {
  const installed = existsSync(new URL("../node_modules/.modules.yaml", import.meta.url));
  const line = complaint(process.versions.node, installed, process.env.npm_lifecycle_event || "test");
  if (line === undefined) return true;
  console.error(line);
  process.exitCode = 1;
  return false;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) preflight();
