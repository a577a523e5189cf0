import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PROVIDERS } from "../src/providers.ts";

const ROOT = join(import.meta.dirname, "../../..");

/** Lists of providers that are written by hand: the file, and how a provider stands in it. */
const LISTS: ReadonlyArray<readonly [file: string, entry: (name: string) => string]> = [
  ["README.md", (name) => `packages/provider-${name}/README.md`],
  ["apps/cli/package.json", (name) => `"@vaultlink/provider-${name}"`],
  ["docs/providers/known.md", (name) => `@vaultlink/provider-${name}\``],
  ["docs/site/package.json", (name) => `"@vaultlink/provider-${name}"`],
  ["docs/site/scripts/generate/options.ts", (name) => `"@vaultlink/provider-${name}"`],
  ["docs/site/scripts/generate/repository.ts", (name) => `"provider-${name}"`],
  ["docs/site/sidebar.ts", (name) => `"start/${name}"`],
  ["docs/site/sidebar.ts", (name) => `"reference/options/${name}"`],
  ["scripts/consumers/program.mjs", (name) => `"@vaultlink/provider-${name}"`],
  ["scripts/consumers/use.ts", (name) => `"@vaultlink/provider-${name}"`],
  ["scripts/package.json", (name) => `"@vaultlink/provider-${name}"`],
  ["scripts/packages/budgets.ts", (name) => `"@vaultlink/provider-${name}"`],
  ["scripts/sessions/vaults.ts", (name) => `file: "${name}"`],
];

it.each(LISTS)("%s has every provider of the command", (file, entry) => {
  const text = readFileSync(join(ROOT, file), "utf8");
  expect(Object.keys(PROVIDERS).filter((name) => !text.includes(entry(name)))).toEqual([]);
});

/** Files that each provider has one of. */
const FILES: ReadonlyArray<readonly [what: string, file: (name: string) => string]> = [
  ["a page of its API", (name) => `docs/site/api/provider-${name}.ts`],
  ["a page to start with", (name) => `docs/site/src/content/docs/start/${name}.mdx`],
];

it.each(FILES)("every provider of the command has %s", (_, file) => {
  expect(Object.keys(PROVIDERS).filter((name) => !existsSync(join(ROOT, file(name))))).toEqual([]);
});
