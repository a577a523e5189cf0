import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadPlugin, PROVIDERS } from "../../providers.ts";
import { parseConfig } from "../read.ts";
import { policySchema } from "./policy.ts";
import { publishedSchemas } from "./published.ts";

const plugins = await Promise.all(Object.keys(PROVIDERS).map((name) => loadPlugin(PROVIDERS, name)));

it.each(Object.entries(publishedSchemas(plugins)))("schema/%s is up to date: pnpm run schema", async (file, schema) => {
  const written = await readFile(join(import.meta.dirname, "../../../schema", file), "utf8");
  expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(schema)));
});

it("has no place for a credential", () => {
  expect(JSON.stringify(publishedSchemas(plugins))).not.toContain("writeOnly");
  expect(JSON.stringify(publishedSchemas(plugins))).toContain("roleId");
});

it("takes the policy that the README shows", async () => {
  const readme = await readFile(join(import.meta.dirname, "../../../README.md"), "utf8");
  const [, ...blocks] = readme.split("```json\n").map((text) => text.split("```")[0] ?? "");
  const shown = blocks.filter((text) => text.includes('"roles"'));
  expect(shown.map((text) => parseConfig("README.md", text, policySchema))).toMatchObject([{ version: 1 }]);
});
