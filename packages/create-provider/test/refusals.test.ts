import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { create } from "../src/create.ts";

let folder: string;
let said: string;
let printed: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "create-provider-"));
  said = printed = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((said += String(text)), true));
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((printed += String(text)), true));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

describe("the command that makes a provider", () => {
  it.each([["--help"], ["-h"], ["acme", "--help"]])("says how it is used: %s %s", async (...given) => {
    expect(await create(given.filter((one) => typeof one === "string"))).toBe(0);
    expect(printed).toContain("npm create @vaultlink/provider <name>");
    expect(said).toBe("");
  });

  it.each([
    [[], "Say what the provider is called, e.g. acme."],
    [["acme", "--jvascript"], "There is no option --jvascript."],
    [["acme", "--folder"], "--folder needs a value."],
    [["acme", "--folder="], "--folder needs a value."],
    [["acme", "--javascript=yes"], "--javascript takes no value."],
    [["acme", "other"], "There is one argument, the name: the rest is not understood."],
    [["2fa"], "The name of a provider begins with a lower-case letter: references begin with it."],
    [["my_vault"], "The name of a provider has lower-case letters, digits and dashes only."],
    [["a-"], "A dash in the name of a provider stands between letters or digits."],
    [["a--b"], "A dash in the name of a provider stands between letters or digits."],
    [["a".repeat(64)], "The name of a provider has at most 63 characters."],
    [["1password"], "vaultlink has a provider called 1password already: choose another name."],
    [["aws"], "vaultlink has a provider called aws already: choose another name."],
    [["vaultlink-provider-azure"], "vaultlink has a provider called azure already: choose another name."],
  ])("refuses %j", async (given, sentence) => {
    expect(await create(given)).toBe(64);
    expect(said.split("\n")[0]).toBe(sentence);
  });

  it("takes the name of the package for that of the provider", async () => {
    const target = join(folder, "made");
    expect(await create(["vaultlink-provider-acme", "--folder", target])).toBe(0);
    const { default: manifest } = (await import(join(target, "package.json"), { with: { type: "json" } })) as {
      readonly default: { readonly name: string };
    };
    expect(manifest.name).toBe("vaultlink-provider-acme");
  });

  it("makes the folders above, too", async () => {
    expect(await create(["acme", "--folder", join(folder, "a", "b", "c")])).toBe(0);
    expect(await readdir(join(folder, "a", "b", "c"))).toContain("package.json");
  });

  it.each([
    ["a file", "file", "a file is in its way"],
    ["below a file", join("file", "made"), "a file is in its way"],
    ["a name too long for a file", "a".repeat(300), "its name is too long for the file system"],
  ])("says why it cannot make its folder: %s", async (_, below, reason) => {
    await writeFile(join(folder, "file"), "");
    const target = join(folder, below);
    expect(await create(["acme", "--folder", target])).toBe(73);
    expect(said).toBe(`The folder ${target} cannot be made: ${reason}.\n`);
  });

  it.skipIf(process.platform !== "linux")("ends where the file system makes no folders", async () => {
    expect(await create(["acme", "--folder", "/proc/made/below"])).toBe(73);
    expect(said).toBe("The folder /proc/made/below cannot be made: the file system makes no folders there.\n");
  });
});
