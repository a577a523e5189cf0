import { expect, it } from "vitest";
import { openShell } from "./shell.ts";

it("explain says what an error code means, also where the files cannot be read", async () => {
  const shell = await openShell();
  await shell.writeProject("{ half written");
  const { code, stdout } = await shell("explain", "denied");
  expect([code, stdout.split("\n").slice(0, 2)]).toEqual([
    0,
    ["denied: exit status 77", "  means  The vault knows who asks and refuses."],
  ]);
  expect(JSON.parse((await shell("explain", "usage", "--json")).stdout)).toMatchObject({ code: "usage", exit: 64 });
});

it("explain tells of a link that has the name of a code", async () => {
  const shell = await openShell();
  await shell.writeProject({ version: 1, links: { denied: null } });
  expect((await shell("explain", "denied")).stdout).toContain("vaultlink.json");
});
