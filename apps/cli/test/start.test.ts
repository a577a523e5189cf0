import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openShell } from "./shell.ts";
import { SPY } from "./spy.ts";

const MAIN = join(import.meta.dirname, "../src/main.ts");

/** The files a command line loads. */
function loaded(...args: readonly string[]): readonly string[] {
  const { stderr } = spawnSync(process.execPath, ["--conditions=source", `--import=${SPY}`, MAIN, ...args], {
    encoding: "utf8",
  });
  return stderr.split("\n").filter((line) => line.startsWith("file:"));
}

it("answers --version before anything is loaded but what writes it", () => {
  const names = loaded("--version").map((url) => url.split("/").at(-1));
  expect(names).toEqual([
    ...["main.ts", "version.ts", "package.json"],
    ...["print-version.ts", "failure.ts", "streams.ts"],
  ]);
});

it("loads no provider, no prompt and no other command for one that needs none", () => {
  const urls = loaded("cache", "ttl");
  // What was left open for a child is looked at before we open anything ourselves.
  const needless = /provider-(?!kit)|@clack|node-vault|cross-spawn|commands\/(?!cache|run\/descriptors)/;
  expect(urls.some((url) => url.includes("commands/cache"))).toBe(true);
  expect(urls.filter((url) => needless.test(url))).toEqual([]);
});

it("loads the argument library for what it cannot understand without", () => {
  const library = (urls: readonly string[]): boolean => urls.some((url) => url.includes("/commander/"));
  expect(library(loaded("list"))).toBe(false);
  expect(library(loaded("list", "--names"))).toBe(true);
});

it.each(["--version", "-V"])("%s prints the package's version", async (flag) => {
  const shell = await openShell();
  const about = JSON.parse(await readFile(join(import.meta.dirname, "../package.json"), "utf8")) as { version: string };
  expect(await shell(flag)).toMatchObject({ code: 0, stdout: `${about.version}\n`, stderr: "" });
});

/** A command for each command: a busy machine may need more than a test usually gets, in ms. */
const HELP_MS = 900_000;

it(
  "shows help with examples for every command",
  async () => {
    const shell = await openShell();
    const { stdout } = await shell("--help");
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) /gm)]
      .map(([, name]) => name ?? "")
      .filter((name) => name !== "help");
    expect(commands).toEqual(expect.arrayContaining(["connect", "get", "run", "cache"]));
    for (const command of commands.filter((name) => name !== "vaultlink")) {
      const help = await shell(command, "--help");
      expect([command, help.code, help.stderr]).toEqual([command, 0, ""]);
      expect(help.stdout).toMatch(command === "cache" ? /reset/ : /Examples[^\n]*:\n {2}(?:eval )?.*vaultlink /);
    }
  },
  HELP_MS,
);

it("colours nothing that is not read at a terminal, unless asked to", async () => {
  const shell = await openShell();
  expect((await shell("get", "A")).stderr).not.toContain("\u001b");
  expect((await shell.call(["get", "A"], { env: { FORCE_COLOR: "1" } })).stderr).toContain("\u001b");
});
