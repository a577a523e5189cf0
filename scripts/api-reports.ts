import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { announcedSince } from "./api/announced.ts";
import { fileAt, findBase } from "./api/base.ts";
import { entriesOf } from "./api/entries.ts";
import { reportOf } from "./api/extract.ts";
import { outdated, unannounced } from "./api/problems.ts";
import { publishedPackages } from "./release/manifests.ts";

/*
 * Writes the report of the public declarations of each entry, from what is built: `pnpm api`. `--check` writes nothing,
 * and fails where a report is not what is built, or where it changed and no changeset says so.
 */
const root = join(import.meta.dirname, "..");
const { check } = parseArgs({ options: { check: { type: "boolean", default: false } } }).values;
const published = publishedPackages();
const entries = published.flatMap(entriesOf);
const unbuilt = entries.filter(({ declarations }) => !existsSync(join(root, declarations)));
if (unbuilt.length > 0) throw new Error(`Not built: ${unbuilt.map(({ name }) => name).join(", ")}. Run: pnpm build`);

const base = findBase(root);
const compared = entries.map((entry) => ({
  ...entry,
  built: reportOf(entry, root),
  committed: existsSync(join(root, entry.report)) ? readFileSync(join(root, entry.report), "utf8") : undefined,
  base: "commit" in base ? fileAt(root, base.commit, entry.report) : undefined,
}));
if (check) {
  const announced = "commit" in base ? await announcedSince(base.commit, root, published) : new Set<string>();
  const problems = [...outdated(compared), ...unannounced(compared, announced)];
  for (const problem of problems) console.error(problem);
  const against = "commit" in base ? `compared with ${base.title}` : `compared with nothing: ${base.missing}`;
  console.log(`${compared.length} API reports, ${against}: ${problems.length} problems.`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} else
  for (const { report, built, committed } of compared) {
    if (built === committed) continue;
    mkdirSync(dirname(join(root, report)), { recursive: true });
    writeFileSync(join(root, report), built);
    console.log(`${report} is ${committed === undefined ? "new" : "renewed"}.`);
  }
