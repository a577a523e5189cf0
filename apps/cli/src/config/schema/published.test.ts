import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadPlugin, PROVIDERS } from "../../providers.ts";
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
