import { spawnSync } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openConnectedShell } from "./shell.ts";

const LINKS = { DB_USER: "hcv://secret/app/db#username", DB_PASSWORD: "hcv://secret/app/db#password" };

describe("export", () => {
  it.runIf(process.platform !== "win32")("prints what a shell reads", async () => {
    const { shell } = await openConnectedShell(LINKS);
    const { stdout, stderr } = await shell.call(["export", "--format", "shell"], { reveals: true });
    const read = spawnSync("sh", ["-c", `${stdout}\necho "$DB_USER \${#DB_PASSWORD}"`]);
    expect([read.stdout.toString(), stderr]).toEqual(["app 22\n", ""]);
  });

  it("prints one object with --json", async () => {
    const { shell } = await openConnectedShell(LINKS);
    const { stdout } = await shell("export", "DB_USER", "--format", "docker", "--json");
    expect(JSON.parse(stdout)).toEqual({ format: "docker", names: ["DB_USER"], text: "DB_USER=app\n" });
  });

  it("prints nothing unless every name resolves", async () => {
    const { shell } = await openConnectedShell({ ...LINKS, GONE: "hcv://secret/app/nothing#x" });
    const ran = await shell("export");
    expect([ran.code, ran.stdout]).toEqual([66, ""]);
    expect(ran.lines[0]).toMatch(/^vaultlink: GONE: /);
  });

  it("leaves a credential alive that the vault made for it, and says until when", async () => {
    const { shell, vault } = await openConnectedShell({ MADE: "hcv://database/creds/app#username" });
    const ran = await shell.call(["export"], { reveals: true });
    expect(ran.stderr).toMatch(/MADE was made by the vault for this call, and lives until /);
    expect(vault.leases().map(({ revoked }) => revoked)).toEqual([false]);
  });
});

describe("inject", () => {
  it("fills standard input into standard output, and a file into a file", async () => {
    const { shell } = await openConnectedShell(LINKS);
    const template = "user: {{vault:DB_USER}}\npassword: {{vault:hcv://secret/app/db#password}}\n";
    const ran = await shell.call(["inject"], { input: template, reveals: true });
    expect(ran.stdout).toMatch(/^user: app\npassword: vlcanary-\S+\n$/);
    await writeFile(join(shell.project, "in"), template);
    const wrote = await shell("inject", "-i", "in", "-o", "out");
    expect(wrote).toMatchObject({ code: 0, stdout: "Wrote out for you alone.\n", stderr: "" });
    const out = join(shell.project, "out");
    expect((await readFile(out, "utf8")) === ran.stdout).toBe(true);
    // The one file that may hold values; the shell looks for them in all others.
    await rm(out);
  });

  it("prints one object with --json, and one failure", async () => {
    const { shell } = await openConnectedShell(LINKS);
    const ran = await shell.call(["inject", "--json"], { input: "{{vault:DB_USER}}" });
    expect(JSON.parse(ran.stdout)).toEqual({ text: "app", resolved: 1, unresolved: 0 });
    const failed = await shell.call(["inject", "--json"], { input: "{{vault:DB_USRE}}" });
    expect([failed.code, JSON.parse(failed.stdout)]).toMatchObject([67, { error: { code: "unresolved", exit: 67 } }]);
  });
});
