import { spawnSync } from "node:child_process";
import { chmod, mkdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { expectHome, userFile } from "../../src/config/paths.ts";
import { pageOpener } from "../../src/terminal/open-browser.ts";
import { COMMAND_LINE } from "../command.ts";
import { openConnectedShell, openShell, type Shell } from "../shell.ts";

const posix = process.platform !== "win32";
const ALLOWING = { version: 1, allowedNames: ["NODE_OPTIONS"], links: { FROM_CHECKOUT: null } };

describe("M1: a checkout's files are not one's own", () => {
  it.each([
    ["HOME", ""],
    ["HOME", "."],
    ["HOME", "sub/.."],
    ["XDG_CONFIG_HOME", ".config"],
  ])("%s=%j", async (name, value) => {
    const shell = await openShell();
    const file = join(shell.project, ".config", "vaultlink", "config.json");
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(ALLOWING));
    const env = { XDG_CONFIG_HOME: undefined, HOME: shell.home, [name]: value };
    const { stdout } = await shell.call(["status", "--json"], { env });
    expect(stdout).not.toContain(shell.project);
    expect((await shell.call(["list"], { env })).stdout).not.toContain("FROM_CHECKOUT");
  });

  const unknown = (): never => {
    throw new Error("no such user");
  };
  it.each<[NodeJS.ProcessEnv, NodeJS.Platform, () => string, string]>([
    [{ HOME: "/home/anna" }, "linux", unknown, "/home/anna"],
    [{ HOME: "anna" }, "linux", () => "/home/system", "/home/system"],
    [{ HOME: "C:\\checkout", USERPROFILE: "C:\\Users\\anna" }, "win32", unknown, "C:\\Users\\anna"],
    [{ USERPROFILE: "\\checkout" }, "win32", () => "D:\\anna", "D:\\anna"],
  ])("%o on %s", (env, platform, system, home) => expect(expectHome(env, platform, system)).toBe(home));

  it.each<[NodeJS.ProcessEnv, () => string]>([
    [{}, unknown],
    [{ HOME: "" }, () => ""],
    [{ HOME: "relative" }, () => "relative"],
  ])("%o without a system's home is an error", (env, system) => {
    expect(() => expectHome(env, "linux", system)).toThrow(/home directory is not known/);
  });

  it("a path that is not text is an error, not another path", () => {
    expect(() => userFile({ env: { XDG_CONFIG_HOME: "/h/\ufffd" }, platform: "linux", home: "/h" })).toThrow(
      /not UTF-8/,
    );
  });

  it("no program of a checkout opens a page", () => {
    expect(pageOpener({ PATH: ".::bin:/usr/bin" }, "linux", () => true)).toEqual(["/usr/bin/xdg-open"]);
    expect(pageOpener({ PATH: "." }, "linux", () => true)).toBeUndefined();
    expect(pageOpener({ SystemRoot: "." }, "win32", () => true)?.[0]).toBe("C:\\Windows\\System32\\rundll32.exe");
  });
});

describe.runIf(posix)("R14: what others may write is not read", () => {
  const files = {
    project: (shell: Shell) => shell.projectFile,
    user: (shell: Shell) => shell.userFile,
    trust: (shell: Shell) => join(dirname(shell.userFile), "trust.json"),
  };
  it.each<[keyof typeof files, number]>([
    ["project", 0o666],
    ["project", 0o664],
    ["user", 0o602],
    ["user", 0o620],
    ["trust", 0o622],
  ])("the %s file with mode %o", async (which, mode) => {
    const { shell, vault } = await openConnectedShell({ DB: "hcv://secret/app/db#username" });
    const file = files[which](shell);
    if (which === "trust") await writeFile(file, '{ "version": 1 }');
    await chmod(file, mode);
    expect(await shell("get", "DB")).toMatchObject({
      code: 78,
      lines: [`vaultlink: ${file}: Other users may write it, so it is not read.`, `  try: chmod go-w ${file}`],
    });
    expect(vault.log.count()).toBe(0);
    await chmod(file, mode & ~0o022);
    expect((await shell("get", "DB")).code).toBe(0);
  });

  it.each<[keyof typeof files, number, boolean]>([
    ["project", 0o777, false],
    ["project", 0o775, false],
    ["user", 0o770, false],
    ["project", 0o1777, true],
  ])("a folder of the %s file with mode %o", async (which, mode, passes) => {
    const { shell } = await openConnectedShell({ DB: "hcv://secret/app/db#username" });
    const folder = dirname(files[which](shell));
    await chmod(folder, mode);
    const { code, lines } = await shell("get", "DB");
    expect([code, lines[1]]).toEqual(passes ? [0, undefined] : [78, `  try: chmod go-w ${folder}`]);
  });

  it("a folder above one's own files, which can be moved as a whole", async () => {
    const shell = await openShell();
    await chmod(shell.home, 0o777);
    expect(await shell("status")).toMatchObject({
      code: 78,
      lines: [expect.anything(), `  try: chmod go-w ${shell.home}`],
    });
  });

  it("a new project file is not made where others may replace it, and is never made writable for others", async () => {
    const { shell } = await openConnectedShell();
    await rm(shell.projectFile);
    await chmod(shell.project, 0o777);
    expect((await shell("link", "A", "hcv://secret/app/db")).code).toBe(78);
    await chmod(shell.project, 0o755);
    const line = `umask 000; ${COMMAND_LINE} link A hcv://secret/app/db`;
    const env = { ...process.env, HOME: shell.home, XDG_CONFIG_HOME: join(shell.home, "xdg") };
    expect(spawnSync("sh", ["-c", line], { cwd: shell.project, env }).status).toBe(0);
    expect((await shell("list")).code).toBe(0);
  });
});

describe.runIf(posix)("files that are something else", () => {
  it.each<[string, keyof Shell]>([
    ["project", "projectFile"],
    ["user", "userFile"],
  ])("M9: a FIFO as the %s file does not hang", async (_which, key) => {
    const shell = await openShell();
    const file = String(shell[key]);
    expect(spawnSync("mkfifo", ["-m", "600", file]).status).toBe(0);
    expect((await shell("list")).lines[0]).toBe(`vaultlink: ${file}: It is not a regular file.`);
  });

  it("M9: a FIFO as trust file, and as a lock", async () => {
    const { shell } = await openConnectedShell();
    const trust = join(dirname(shell.userFile), "trust.json");
    spawnSync("mkfifo", ["-m", "600", trust]);
    expect((await shell("list")).code).toBe(78);
    await rm(trust);
    spawnSync("mkfifo", [join(shell.project, ".vaultlink.json.lock")]);
    expect((await shell("link", "A", "hcv://secret/app/db")).code).toBe(75);
  });

  it.each<[string, keyof Shell]>([
    ["M7: project", "projectFile"],
    ["M8: user", "userFile"],
  ])("%s: a link to nowhere is said, and stays", async (_which, key) => {
    const shell = await openShell();
    const file = String(shell[key]);
    const nowhere = join(shell.home, "nowhere.json");
    await symlink(nowhere, file);
    for (const args of [["list"], ["cache", "ttl", "5"], ["link", "A"]]) {
      expect(await shell(...args)).toMatchObject({
        code: 78,
        lines: [`vaultlink: ${file}: It is a link to a file that does not exist.`, expect.anything()],
      });
    }
    expect(await readlink(file)).toBe(nowhere);
  });

  it.each(["symlink", "hard link"])("R20: a %s to one's own configuration is no project", async (how) => {
    const { shell } = await openConnectedShell();
    await rm(shell.projectFile);
    const [command = "", ...args] = how === "symlink" ? ["ln", "-s"] : ["ln"];
    spawnSync(command, [...args, shell.userFile, shell.projectFile]);
    const before = await readFile(shell.userFile, "utf8");
    expect((await shell("link", "A", "hcv://secret/app/db")).code).toBe(78);
    expect((await shell.call(["list"], { env: { VAULTLINK_PROJECT: shell.userFile } })).code).toBe(78);
    expect(await readFile(shell.userFile, "utf8")).toBe(before);
  });
});

describe.runIf(posix)("M7: what the system refuses is said", () => {
  it("a working directory that is gone", async () => {
    const shell = await openShell();
    const line = `mkdir gone && cd gone && rmdir ../gone && ${COMMAND_LINE} list`;
    const ran = spawnSync("sh", ["-c", line], {
      cwd: shell.project,
      env: { PATH: process.env["PATH"], HOME: shell.home },
    });
    expect([ran.status, String(ran.stderr).split("\n")[0]]).toEqual([
      78,
      "vaultlink: The working directory does not exist any more, or may not be read.",
    ]);
  });

  it("a folder for one's own files that cannot be made", async () => {
    const shell = await openShell();
    const ran = await shell.call(["cache", "ttl", "5"], { env: { XDG_CONFIG_HOME: "/dev/null/x" } });
    expect([ran.code, ran.lines[0]]).toEqual([
      78,
      "vaultlink: /dev/null/x/vaultlink/config.json cannot be written; it is as it was.",
    ]);
  });
});
