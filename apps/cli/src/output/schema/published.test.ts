import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Command } from "commander";
import { expect, it } from "vitest";
import { createProgram } from "../../program/program.ts";
import { fileOf, outputSchemas } from "./published.ts";

const FOLDER = join(import.meta.dirname, "../../../schema");

it.each(Object.entries(outputSchemas()))("schema/%s is up to date: pnpm run schema", async (file, schema) => {
  expect(JSON.parse(await readFile(join(FOLDER, file), "utf8"))).toEqual(schema);
});

it.each(Object.entries(outputSchemas()))("schema/%s is a schema", (_file, schema) => {
  expect(() => new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)).not.toThrow();
});

it("there is one for every command", () => {
  const leaves = (command: Command, path: string): readonly string[] =>
    command.commands.length === 0
      ? [path]
      : command.commands.flatMap((one) => leaves(one, `${path} ${one.name()}`.trim()));
  // A window has nothing to print.
  const files = leaves(
    createProgram(() => {}),
    "",
  )
    .filter((command) => command !== "ui")
    .map((command) => fileOf(command));
  expect(Object.keys(outputSchemas()).toSorted()).toEqual(files.toSorted());
});
