import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { draw } from "./badges/draw.ts";
import { factsOf, type Manifest } from "./badges/facts.ts";

/* Draws the README's badges, from what is so, and writes their words into the README. */
const root = join(import.meta.dirname, "..");
const manifest = JSON.parse(readFileSync(join(root, "apps/cli/package.json"), "utf8")) as Manifest;
let readme = readFileSync(join(root, "README.md"), "utf8");
for (const fact of factsOf(manifest)) {
  const file = `docs/badges/${fact.file}.svg`;
  writeFileSync(join(root, file), draw(fact));
  readme = readme.replace(new RegExp(`!\\[[^\\]]*\\]\\(${file}\\)`), `![${fact.label}: ${fact.value}](${file})`);
}
writeFileSync(join(root, "README.md"), readme);
