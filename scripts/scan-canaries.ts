import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

import { leaksOf } from "./ci/canaries.ts";

/*
 * Fails if a fake secret of the tests came out: in anything generated in this checkout, or in the files and folders
 * given as arguments, such as a log and a temporary folder. Names file and line, never the value.
 */
const root = join(import.meta.dirname, "..");

/**
 * What is made of sources that have fake secrets in them: the kit's own code, a new provider's tests, and the page that shows
 * an example with its tests.
 */
const MAKES_THEM =
  /^(packages\/testkit\/dist\/|packages\/create-provider\/dist\/javascript\/test\/|docs\/site\/(src\/content\/docs|dist)\/providers\/more(\.md|\/index\.html)$)/;
/** New files of a person who has not committed yet: as exempt as what git tracks. */
const WRITTEN = /\.(ts|mts|mjs|md)$|(^|\/)(test|fixtures)\//;

function generated(): string[] {
  const list = (...which: string[]): string[] =>
    execFileSync(
      "git",
      [
        "ls-files",
        "-z",
        "--others",
        "--exclude-standard",
        ...which,
        "--",
        ".",
        ":!**/node_modules/**",
        ":!node_modules",
        ":!.backends",
      ],
      {
        cwd: root,
        encoding: "utf8",
        maxBuffer: 2 ** 28,
      },
    )
      .split("\0")
      .filter((path) => path !== "");
  const unknown = list().filter((path) => !WRITTEN.test(path));
  const ignored = list("--ignored").filter((path) => !MAKES_THEM.test(path));
  return [...unknown, ...ignored].map((path) => join(root, path));
}

/** A file, or every file below a folder. Sockets and links are left alone. */
function below(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const files = [...generated(), ...process.argv.slice(2).flatMap(below)];
let count = 0;
for (const file of files.filter((path) => existsSync(path))) {
  const inside = relative(root, file);
  for (const { line, form } of leaksOf(readFileSync(file, "latin1"))) {
    console.error(`${inside.startsWith("..") ? file : inside}:${line}: a fake secret, in ${form}`);
    count += 1;
  }
}
console.log(`${files.length} generated files scanned, ${count} fake secrets found.`);
process.exitCode = count === 0 ? 0 : 1;
