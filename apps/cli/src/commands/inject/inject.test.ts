import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Held, openWorld, type TestWorld } from "../../../test/context.ts";
import type { CliContext } from "../../context.ts";
import { inject, type InjectOptions } from "./inject.ts";

const posix = process.platform !== "win32";
const hasGit = spawnSync("git", ["--version"]).status === 0;
const HELD = { a: "vlcanary-a", b: "vlcanary-b" };

async function linked(template: string, links: object = {}, changes: Partial<CliContext> = {}, held: Held = HELD) {
  const context = await openWorld(held, { readInput: async () => Buffer.from(template), ...changes });
  const connections = { mem: { provider: "memory", url: "memory:" } };
  await writeFile(context.userFile, JSON.stringify({ version: 1, connections }));
  await writeFile(context.projectFile, JSON.stringify({ version: 1, links: { A: "mem://a", B: "mem://b", ...links } }));
  return context;
}

/** Who may do what with a file; Windows does not tell. */
const modeOf = async (file: string): Promise<number> => (posix ? (await stat(file)).mode & 0o777 : 0o600);

/** What came out. */
async function filled(context: TestWorld, options: InjectOptions = {}): Promise<string> {
  const outcome = await inject(context, options);
  return outcome.kind === "value" ? Buffer.from(outcome.bytes).toString() : "";
}

describe("inject", () => {
  it("fills a template from standard input, with names and references", async () => {
    const context = await linked("a={{vault:A}}\nb={{vault:mem://b}} {{vault:A}}\n{{other}}");
    expect(await filled(context)).toBe("a=vlcanary-a\nb=vlcanary-b vlcanary-a\n{{other}}");
    expect(context.log.filter((line) => line === "read a")).toHaveLength(1);
    const { json } = await inject(context);
    expect(json).toMatchObject({ resolved: 3, unresolved: 0 });
  });

  it("fills a template without markers, and asks no vault", async () => {
    const context = await linked("nothing");
    expect([await filled(context), context.log]).toEqual(["nothing", []]);
  });

  it("gives binary values to the byte", async () => {
    const context = await linked("<{{vault:A}}>", {}, {}, { a: Uint8Array.of(0xff, 0, 0xfe) });
    const outcome = await inject(context);
    expect(outcome.kind === "value" && [...outcome.bytes]).toEqual([0x3c, 0xff, 0, 0xfe, 0x3e]);
    expect(outcome.json).toMatchObject({ base64: "PP8A/j4=" });
  });

  it("E37: writes nothing unless every marker resolves, and says where each is that did not", async () => {
    const context = await linked("{{vault:A}}\n{{vault:GONE}} {{vault:mem://gone}}", { GONE: "mem://gone" });
    await expect(inject(context, { out: "out" })).rejects.toMatchObject({
      failures: [
        { name: "GONE", error: { code: "not_found" } },
        { error: { code: "not_found", message: expect.stringMatching(/^Line 2 of the template: /) as string } },
      ],
    });
    expect(await readdir(context.cwd)).toEqual(["vaultlink.json"]);
  });

  it("also fails for a link that is not required: nothing could stand in its place", async () => {
    const context = await linked("{{vault:GONE}}", { GONE: { reference: "mem://gone", required: false } });
    await expect(inject(context)).rejects.toMatchObject({ failures: [{ name: "GONE" }] });
  });

  it("asks no vault where a marker is wrong, and repeats none of them", async () => {
    const context = await linked("{{vault:A}}\n{{vault:vlcanary-pasted}}\n{{vault:{{x}}}}");
    const failed = await inject(context).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      failures: [{ error: { code: "unresolved" } }, { error: { code: "invalid_reference" } }],
    });
    expect(JSON.stringify(failed)).not.toContain("vlcanary");
    expect(context.log).toEqual([]);
  });

  it("E37: leaves what does not resolve on request, and says so", async () => {
    const template = "{{vault:A}} {{vault:GONE}} {{vault:UNKNOWN}} {{vault:{{x}}_k}}";
    const context = await linked(template, { GONE: "mem://gone" });
    expect(await filled(context, { allowUnresolved: true })).toBe(template.replace("{{vault:A}}", "vlcanary-a"));
    expect(context.notices.filter((line) => /^(?:GONE|Line 1 of the template): /.test(line))).toEqual([
      "Line 1 of the template: No link is named UNKNOWN.",
      "Line 1 of the template: A marker is {{vault:NAME}} or {{vault:reference}}, on one line.",
      "GONE: The vault has no such secret. Its reference is mem://gone.",
    ]);
  });

  it("E36: refuses links for certain domains", async () => {
    const links = { ONLY: { reference: "mem://a", allowedDomains: ["example.com"] } };
    const context = await linked("{{vault:ONLY}}", links);
    await expect(inject(context)).rejects.toMatchObject({ failures: [{ name: "ONLY", error: { code: "forbidden" } }] });
    expect(await filled(context, { anyDomain: true })).toBe("vlcanary-a");
  });

  it("says that a template cannot be read", async () => {
    await expect(inject(await linked(""), { in: "nowhere" })).rejects.toMatchObject({ exit: 64 });
  });

  it("drives no terminal", async () => {
    const context = await linked("{{vault:A}}", {}, { outputIsTerminal: true }, { a: "vlcanary-\u001b[2J" });
    await expect(inject(context)).rejects.toMatchObject({ code: "unusable" });
  });
});

describe("inject --out", () => {
  it("writes a new file for its owner alone", async () => {
    const context = await linked("", {});
    await writeFile(join(context.cwd, "template"), "x={{vault:A}}");
    const outcome = await inject(context, { in: "template", out: "out" });
    expect(outcome.json).toEqual({ file: "out", bytes: 12, resolved: 1, unresolved: 0 });
    expect((await readFile(join(context.cwd, "out"), "utf8")) === "x=vlcanary-a").toBe(true);
    expect(await modeOf(join(context.cwd, "out"))).toBe(0o600);
    expect((await readdir(context.cwd)).toSorted()).toEqual(["out", "template", "vaultlink.json"]);
  });

  it("replaces no file unless it is told to, and then for its owner alone", async () => {
    const context = await linked("{{vault:A}}");
    const file = join(context.cwd, "out");
    await writeFile(file, "before", { mode: 0o644 });
    await expect(inject(context, { out: "out" })).rejects.toMatchObject({
      exit: 64,
      hint: "Add --force to replace it",
    });
    expect([await readFile(file, "utf8"), context.log]).toEqual(["before", []]);
    await inject(context, { out: "out", force: true });
    expect((await readFile(file, "utf8")) === "vlcanary-a").toBe(true);
    expect(await modeOf(file)).toBe(0o600);
  });

  it.runIf(posix)("writes to nothing but a regular file, and through no link", async () => {
    const context = await linked("{{vault:A}}");
    await symlink(join(context.home, "elsewhere"), join(context.cwd, "link"));
    for (const out of ["link", "/dev/null", ".", "nowhere/out"]) {
      await expect(inject(context, { out, force: true })).rejects.toMatchObject({ exit: 64 });
    }
    expect(await readdir(context.home)).not.toContain("elsewhere");
  });

  it.skipIf(!hasGit)("refuses a file in a git work tree unless git ignores it (skipped without git)", async () => {
    const context = await linked("{{vault:A}}");
    const git = (...args: readonly string[]) => expect(spawnSync("git", args, { cwd: context.cwd }).status).toBe(0);
    git("init", "--quiet");
    await mkdir(join(context.cwd, "sub"));
    await writeFile(join(context.cwd, ".gitignore"), "*.secret\n");
    for (const out of ["out", "sub/out", ".git/out"]) {
      await expect(inject(context, { out })).rejects.toMatchObject({ code: "forbidden" });
    }
    await inject(context, { out: "sub/out.secret" });
    await inject(context, { out: join(context.home, "out") });
    // What git tracks is not ignored, whatever .gitignore says.
    git("add", "--force", "sub/out.secret");
    await expect(inject(context, { out: "sub/out.secret", force: true })).rejects.toMatchObject({ code: "forbidden" });
    expect(context.log.filter((line) => line === "open")).toHaveLength(2);
  });

  it("takes a work tree for not ignored where git cannot be asked", async () => {
    const context = await linked("{{vault:A}}", {}, { env: { MEMORY_TOKEN: "vlcanary-right", PATH: "/nowhere" } });
    await mkdir(join(context.cwd, ".git"));
    await expect(inject(context, { out: "out" })).rejects.toMatchObject({ code: "forbidden" });
  });
});
