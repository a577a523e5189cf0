import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { manPage } from "./man-page.ts";
import { createProgram } from "./program.ts";

const FILE = join(import.meta.dirname, "../../man/vaultlink.1");

it("man/vaultlink.1 is up to date: pnpm run docs", async () => {
  expect(await readFile(FILE, "utf8")).toBe(manPage());
});

it("is what the package names", async () => {
  const about: unknown = JSON.parse(await readFile(join(import.meta.dirname, "../../package.json"), "utf8"));
  expect(about).toMatchObject({ man: "./man/vaultlink.1", files: expect.arrayContaining(["man"]) as unknown });
});

/** What a formatter makes of the page, and what it complains about. */
function format(program: string, ...args: readonly string[]): { readonly text: string; readonly complaints: string } {
  const env = { PATH: process.env["PATH"], LC_ALL: "C.UTF-8", MANPAGER: "cat", MANWIDTH: "100" };
  const { stdout, stderr } = spawnSync(program, [...args, FILE], { encoding: "utf8", env });
  // oxlint-disable-next-line no-control-regex -- overstruck letters are bold or underlined
  return { text: stdout.replaceAll(/.\u0008/g, ""), complaints: stderr };
}

const FORMATTERS: readonly (readonly [string, readonly string[]])[] = [
  ["groff", ["-ww", "-man", "-Tascii", "-P-c"]],
  ["man", ["-l"]],
  ["mandoc", ["-Tascii", "-Wwarning"]],
];
const isThere = (program: string): boolean => spawnSync(program, ["--version"]).error === undefined;

describe.each(FORMATTERS)("the manual page in %s", (program, args) => {
  it.skipIf(!isThere(program))(
    "has every command, and nothing to complain of (skipped where it is not installed)",
    () => {
      const { text, complaints } = format(program, ...args);
      expect(complaints).toBe("");
      for (const command of createProgram(() => {}).commands) expect(text).toContain(`vaultlink ${command.name()}`);
      expect(text).toContain("--any-domain");
    },
  );
});
