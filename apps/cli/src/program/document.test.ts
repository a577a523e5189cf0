import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { commandPage } from "./document.ts";

it("docs/cli.md is up to date: pnpm run docs", async () => {
  expect(await readFile(join(import.meta.dirname, "../../../../docs/cli.md"), "utf8")).toBe(commandPage());
});
