import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openWorld } from "../../../test/context.ts";
import { render } from "../../output/render.ts";
import { link } from "../link.ts";
import { run } from "./run.ts";

it("a command without secrets: run says that no vaultlink.json was found, and where it looked", async () => {
  const context = await openWorld();
  await run(context, ["true"]);
  expect(context.notices).toEqual([
    `No vaultlink.json in ${context.cwd} or above: the command starts without secrets.`,
  ]);
});

it("a command without secrets: run says which vaultlink.json has no links", async () => {
  const context = await openWorld();
  await writeFile(context.projectFile, '{ "version": 1 }');
  await run(context, ["true"]);
  expect(context.notices).toEqual([`No links in ${context.projectFile}: the command starts without secrets.`]);
});

it("link says which file it wrote to where that is above", async () => {
  const context = await openWorld();
  await writeFile(context.projectFile, '{ "version": 1 }');
  const cwd = join(context.cwd, "packages", "api");
  await mkdir(cwd, { recursive: true });
  const { body } = await link({ ...context, cwd }, "DB", undefined);
  const file = join("..", "..", "vaultlink.json");
  expect(render({ body }, (_, text) => text)).toEqual([`DB has no reference yet (${file}).`]);
});
