import { describe, expect, it } from "vitest";
import { LINKS } from "../agent-shell.ts";
import { openConnectedShell } from "../shell.ts";
import { openWindow, type WindowOptions } from "./window.ts";

const CANARY = "vlcanary-";

/** The window over a vault of the test's own, signed in by the environment. */
async function connectedWindow(options: WindowOptions = {}) {
  const { shell, vault } = await openConnectedShell(LINKS);
  const env = { VAULT_TOKEN: vault.credentials["app"]?.token, ...options.env };
  const window = await openWindow(shell, { ...options, env });
  await window.shows(/> DB +○ not read +hcv/);
  return { window, shell, vault };
}

describe("the window", () => {
  it("is what the command alone opens at a terminal, and q closes it", async () => {
    const { window } = await connectedWindow({ args: [] });
    expect(window.isAlternate).toBe(true);
    window.type("q");
    expect(await window.ended()).toEqual({ code: 0, signal: 0 });
    expect([window.isAlternate, window.modes]).toEqual([false, { mouse: "none", paste: false }]);
  });

  it("asks no vault to show what there is", async () => {
    const { window, vault } = await connectedWindow();
    window.type("j");
    await window.shows(/> API/);
    expect(vault.log.count()).toBe(0);
  });

  it("shows a value only after its key, and takes it off again", async () => {
    const { window } = await connectedWindow();
    window.press("enter");
    await window.shows("reference");
    expect(window.stream).not.toContain(CANARY);
    window.press("escape");
    await window.shows("> DB");
    window.type("v");
    await window.shows("vlcanary-db-password-2");
    window.press("escape");
    await window.showsNo(CANARY);
    await window.shows(/> DB +● resolved/);
    const rest = window.stream.length;
    window.type("jjr");
    await window.shows("Values dropped: 1.");
    window.type("q");
    await window.ended();
    expect(window.stream.slice(rest)).not.toContain(CANARY);
  });

  it("filters while one types", async () => {
    const { window } = await connectedWindow();
    window.type("/own");
    await window.shows("1 of 3 links");
    await window.shows(/> OWNER/);
    expect(window.text()).not.toContain("API");
    window.press("escape");
    await window.shows("3 links ");
  });

  it("reads a new reference before it asks whether to take it", async () => {
    const { window, shell } = await connectedWindow();
    window.type("e");
    await window.shows("DB: reference: hcv://secret/app/db#password");
    window.press("erase");
    window.type("hcv://secret/app/api#key");
    window.press("enter");
    await window.shows("Point DB elsewhere?");
    expect(window.text()).toContain("was  hcv://secret/app/db#password");
    expect(window.text()).toContain("now  hcv://secret/app/api#key");
    expect(await shell.read(shell.projectFile)).toContain("#password");
    window.type("y");
    await window.shows("DB now stands for hcv://secret/app/api#key.");
    expect(JSON.parse((await shell.read(shell.projectFile)) ?? "")).toMatchObject({
      links: { DB: "hcv://secret/app/api#key" },
    });
  });

  it("names what a disconnect will leave unresolved, and does nothing without y", async () => {
    const { window, shell } = await connectedWindow();
    window.type("x");
    await window.shows("Disconnect hcv?");
    for (const name of ["DB", "API", "OWNER"]) expect(window.text()).toMatch(new RegExp(`^ +${name}$`, "m"));
    window.press("enter");
    await window.shows("Nothing was changed.");
    expect(await shell.read(shell.userFile)).not.toContain("disconnected");
    window.type("x");
    await window.shows("Disconnect hcv?");
    window.type("y");
    await window.shows("hcv is disconnected.");
    await window.shows(/> DB +✗ disconnected/);
  });
});
