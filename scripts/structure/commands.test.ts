import { expect, test } from "vitest";

import { commands } from "./commands.ts";
import { workspaceOf } from "./fixture.ts";

const COMMANDS = "apps/cli/src/commands/";

test("a command imports its own files and those of shared folders", () => {
  const texts = {
    [`${COMMANDS}link.ts`]: `import "../vault/resolve.ts";`,
    [`${COMMANDS}run/run.ts`]: `import "./watched.ts"; import type { A } from "../../child/child.ts";`,
    [`${COMMANDS}run/watched.ts`]: "",
    "apps/cli/src/vault/resolve.ts": "",
    "apps/cli/src/child/child.ts": "",
  };
  expect(commands(workspaceOf(texts))).toEqual([]);
});

test.each([
  ["link.ts", "./list.ts"],
  ["link.ts", "./run/names.ts"],
  ["run/names.ts", "../link.ts"],
  ["run/names.ts", "../export/format.ts"],
])("%s may not import %s of another command, types included", (file, specifier) => {
  const text = `import type { A } from "${specifier}";`;
  expect(commands(workspaceOf({ [COMMANDS + file]: text }))).toHaveLength(1);
  expect(
    commands(workspaceOf({ [COMMANDS + file]: `export const load = () => import("${specifier}");` })),
  ).toHaveLength(1);
});

test("only the command line, completion and the window read commands from outside", () => {
  const text = `import { link } from "../commands/link.ts";`;
  const from = (folder: string): readonly string[] => commands(workspaceOf({ [`apps/cli/src/${folder}/a.ts`]: text }));
  for (const folder of ["program", "complete", "screen"]) expect(from(folder)).toEqual([]);
  expect(from("vault")).toHaveLength(1);
});

test("a test may use whatever it needs", () => {
  expect(commands(workspaceOf({ [`${COMMANDS}link.test.ts`]: `import "./list.ts";` }))).toEqual([]);
});
