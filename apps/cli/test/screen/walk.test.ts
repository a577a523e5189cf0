import { findTmux } from "@vaultlink/stand-ins/tmux";
import type { Terminal } from "@vaultlink/test-support/terminal";
import { expect, it } from "vitest";
import { NAMES, startFourVaults } from "./four-vaults.ts";
import { openTmux } from "./tmux.ts";
import { openWindow } from "./window.ts";

const CANARY = "vlcanary-";
/** From the heading of a value to what is said when it is gone. */
const SHOWN = /: its value, [^]*?was taken off the screen/g;

const CONNECTIONS = ["hcv", "aws", "az", "op"];

/** Moves to a name with the filter, and ends the filter. */
async function goTo(window: Terminal, name: string): Promise<void> {
  window.type(`/${name}`);
  await window.shows(new RegExp(`> ${name}[^]*/${name}`));
  window.press("escape");
  await window.shows(new RegExp(`> ${name}[^]*Enter details`));
}

/** Reads a value with its key, and has it taken off the screen. */
async function readValue(window: Terminal, name: string, value: string): Promise<void> {
  await goTo(window, name);
  window.type("v");
  await window.shows(`${name}: its value`, new RegExp(`^ *${value}$`, "m"));
  window.press("escape");
  await window.shows(new RegExp(`> ${name} +● resolved`), "was taken off the screen");
  await window.showsNo(CANARY);
}

const tmux = findTmux();
const absent = "missing" in tmux ? ` (skipped: ${tmux.missing})` : "";

it.skipIf("missing" in tmux)(
  `goes through the whole life of four vaults' links in tmux, with keys alone${absent}`,
  async () => {
    const { shell, env, vault, asked } = await startFourVaults();
    const { within, sent } = await openTmux("bin" in tmux ? tmux.bin : "");
    const window = await openWindow(shell, { env, agent: "on", columns: 120, rows: 30, within });
    await window.shows("Begin:");
    window.press("enter");
    await window.shows(
      ...Object.keys(NAMES).map((name) => new RegExp(`${name} +○ not read`)),
      ...CONNECTIONS.map((name) => new RegExp(`^  ${name} +○ not opened`, "m")),
    );
    expect(asked()).toEqual({ hcv: 0, aws: 0, az: 0, op: 0 });

    // S4: read once, kept for an hour, from every vault.
    for (const [name, { value }] of Object.entries(NAMES)) await readValue(window, name, value);
    await window.shows(
      ...CONNECTIONS.map((name) => new RegExp(`^  ${name} +● ready`, "m")),
      ...Object.keys(NAMES).map((name) => new RegExp(`${name} +● resolved .* (?:5\\d min|1 h) `)),
    );
    const before = asked();
    for (const [name, { value }] of Object.entries(NAMES)) await readValue(window, name, value);
    expect(asked()).toEqual(before);

    // S6, S8: how long values are kept.
    window.type("t");
    await window.shows("Keep values for");
    window.press("erase");
    window.type("45");
    window.press("enter");
    await window.shows("Values are kept for 45 minutes from now on.");
    await window.shows("kept 45 min");
    await window.shows(/OP_PASSWORD +● resolved .* (?:3\d|4[0-4]) min /);

    // S7, S9: one value, then all.
    await goTo(window, "AZ_PASSWORD");
    window.type("r");
    await window.shows("Values dropped: 1.");
    await window.shows(/> AZ_PASSWORD +○ not read/);
    window.type("R");
    await window.shows("Values dropped: 3.");
    await window.showsNo("● resolved");

    // S11 to S13: each name to another secret, which is read before it is agreed to.
    for (const [name, { reference, other }] of Object.entries(NAMES)) {
      await goTo(window, name);
      window.type("e");
      await window.shows(`${name}: reference: ${reference}`);
      window.press("erase");
      window.type(other);
      window.press("enter");
      await window.shows(`Point ${name} elsewhere?`, `was  ${reference}`, `now  ${other}`);
      expect(await shell.read(shell.projectFile)).not.toContain(`"${other}"`);
      window.type("y");
      await window.shows(`${name} now stands for ${other}.`);
      expect(await shell.read(shell.projectFile)).toContain(`"${other}"`);
    }
    await readValue(window, "AWS_PASSWORD", "vlcanary-api-key");

    // A new name, and no longer.
    window.type("n");
    await window.shows("Name: ");
    window.type("OWNER");
    window.press("enter");
    await window.shows("OWNER: reference: ");
    window.type("hcv://secret/app/db#username");
    window.press("enter");
    await window.shows("OWNER is linked.");
    await goTo(window, "OWNER");
    window.press("enter");
    await window.shows(/reference +hcv:\/\/secret\/app\/db#username/);
    window.press("escape");
    await window.shows("> OWNER");
    window.type("u");
    await window.shows("Unlink OWNER?");
    window.type("y");
    await window.shows("OWNER is no longer linked.");
    await window.showsNo(/^. OWNER/m);

    // S16 to S20: signing in anew, with the answer in the window.
    await goTo(window, "HCV_PASSWORD");
    window.type("a");
    await window.shows(/hcv: .*: /);
    window.paste(vault.credentials["app"]?.token ?? "");
    await window.shows("(typed, not shown)");
    window.press("enter");
    await window.shows("hcv: signed in as");

    // S21, S24: by the connection; S25: from a link. Both name what will be unresolved.
    window.press("tab");
    await window.shows(/^> \w+ +/m);
    window.type(":disconnect op");
    window.press("enter");
    await window.shows(/Disconnect op\?[^]*OP_PASSWORD/);
    window.type("y");
    await window.shows("op is disconnected.");
    await window.shows(/OP_PASSWORD +✗ disconnected/);
    window.press("tab");
    await goTo(window, "AWS_PASSWORD");
    window.type("x");
    await window.shows(/Disconnect aws\?[^]*AWS_PASSWORD/);
    window.type("y");
    await window.shows("aws is disconnected.");
    await window.shows(/AWS_PASSWORD +✗ disconnected/);
    // S23: the names stay, and say what helps.
    await window.shows(/^  aws +✗ disconnected .*vaultlink reauth aws/m);
    const last = asked().aws;
    window.type("v");
    await window.shows("The connection was disconnected.");
    expect(asked().aws).toBe(last);

    window.type("q");
    await window.shows("ended 0");
    window.press("enter");
    expect(await window.ended()).toEqual({ code: 0, signal: 0 });
    const all = await sent();
    expect(all).toContain(CANARY);
    expect(all.replaceAll(SHOWN, "")).not.toContain(CANARY);
    expect(
      await shell.call(["agent", "stop"], { env: { XDG_RUNTIME_DIR: window.env["XDG_RUNTIME_DIR"] } }),
    ).toMatchObject({ code: 0 });
  },
  300_000,
);
