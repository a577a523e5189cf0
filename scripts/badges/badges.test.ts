import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { draw } from "./draw.ts";
import { factsOf, type Manifest } from "./facts.ts";

const root = join(import.meta.dirname, "../..");
const manifest = JSON.parse(readFileSync(join(root, "apps/cli/package.json"), "utf8")) as Manifest;
const facts = factsOf(manifest);

test("a version that was released is told, and dependencies are counted", () => {
  const released = factsOf({ ...manifest, version: "0.1.0", dependencies: { a: "1" } });
  expect(released.map(({ value }) => value)).toEqual(["v0.1.0", "≥ 22.12", "1", "Apache-2.0"]);
});

test.each(facts)("the badge $file says what is so; else run: node scripts/badges.ts", (fact) => {
  expect(readFileSync(join(root, `docs/badges/${fact.file}.svg`), "utf8")).toBe(draw(fact));
});

test("the README shows each badge, with its words for those who see no pictures, and no other", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const shown = [...readme.matchAll(/!\[([^\]]*)\]\(docs\/badges\/([^)]*)\)/g)].map(([, words, file]) => [file, words]);
  expect(shown).toEqual(facts.map(({ file, label, value }) => [`${file}.svg`, `${label}: ${value}`]));
  expect(globSync("docs/badges/*", { cwd: root })).toHaveLength(facts.length);
});
