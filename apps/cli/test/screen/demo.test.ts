import { readdir } from "node:fs/promises";
import { expect, it } from "vitest";
import { openShell } from "../shell.ts";
import { temporaryFolder } from "../temporary.ts";
import { openWindow } from "./window.ts";

it("can be looked at without an account, and leaves nothing behind", async () => {
  const shell = await openShell();
  const folder = await temporaryFolder();
  const window = await openWindow(shell, { args: ["ui", "--demo"], agent: "on", env: { TMPDIR: folder } });
  await window.shows(/> DB_USER +○ not read/);
  expect(window.text()).toMatch(/NEW_KEY +✗ unlinked/);
  window.type("jv");
  await window.shows("demo-password-of-the-shop");
  window.press("escape");
  await window.shows(/> DB_PASSWORD +● resolved +hcv/);
  window.type(":reauth hcv");
  window.press("enter");
  await window.shows("hcv: Token (the demo takes any)");
  window.type("vlcanary-typed");
  await window.shows("(typed, not shown)");
  window.press("enter");
  await window.shows("hcv: signed in as somebody@vault.example.");
  expect(window.stream).not.toContain("vlcanary-");
  window.type("q");
  expect(await window.ended()).toMatchObject({ code: 0 });
  expect([await readdir(folder), await shell.read(shell.userFile)]).toEqual([[], undefined]);
});

it("chooses what to link from a connection: folder, secret, field", async () => {
  const window = await openWindow(await openShell(), { args: ["ui", "--demo"] });
  await window.shows("> DB_USER");
  window.type("n");
  await window.shows("Name:");
  window.type("QUEUE_URL");
  window.press("enter");
  await window.shows("Tab choose from a vault");
  window.press("tab");
  await window.shows("choose from Connection");
  window.type("aws");
  await window.shows("> aws");
  window.press("enter");
  await window.shows("> prod/");
  window.press("enter");
  await window.shows("> queue");
  window.press("enter");
  await window.shows("> url");
  window.press("enter");
  await window.shows("QUEUE_URL: reference: aws://prod/queue#url");
  window.press("enter");
  await window.shows("QUEUE_URL is linked.");
  await window.shows(/QUEUE_URL +\S+ (?:not read|resolved) +aws/);
  expect(window.text()).toContain("13 links");
});

it("changes nothing when it is read-only", async () => {
  const window = await openWindow(await openShell(), { args: ["ui", "--demo", "--readonly", "--no-mouse"] });
  await window.shows("read-only");
  window.type("u");
  await window.shows("The window is read-only: unlink is off.");
  expect(window.modes.mouse).toBe("none");
});
