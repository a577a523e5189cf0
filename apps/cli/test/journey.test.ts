import { stat } from "node:fs/promises";
import { join } from "node:path";
import { startVault } from "@vaultlink/stand-ins";
import { describe, expect, it, onTestFinished } from "vitest";
import { openConnectedShell, openShell } from "./shell.ts";

describe("from connecting to disconnecting", () => {
  it("goes through with one provider (S1)", async () => {
    const vault = await startVault();
    onTestFinished(() => vault.stop());
    const shell = await openShell({ VAULT_TOKEN: vault.credentials["app"]?.token ?? "" });

    expect((await shell("connect", "hashicorp", "hcv", "--address", vault.url)).code).toBe(0);
    expect((await shell("link", "DB_PASSWORD", "hcv://secret/app/db#password")).code).toBe(0);
    const got = await shell.call(["get", "DB_PASSWORD"], { reveals: true });
    expect(got).toMatchObject({ code: 0, stdout: "vlcanary-db-password-2\n", stderr: "" });
    expect((await shell("relink", "DB_PASSWORD", "hcv://secret/app/api#key")).code).toBe(0);
    expect((await shell.call(["get", "DB_PASSWORD"], { reveals: true })).stdout).toBe("vlcanary-api-key\n");
    expect((await shell("cache", "reset")).code).toBe(0);
    expect((await shell("reauth", "hcv")).code).toBe(0);
    expect((await shell("disconnect", "hcv", "--yes")).code).toBe(0);
    vault.log.clear();
    expect(await shell("get", "DB_PASSWORD")).toMatchObject({
      code: 67,
      lines: ["vaultlink: DB_PASSWORD: The connection was disconnected.", "  try: vaultlink reauth hcv"],
    });
    expect(vault.log.count()).toBe(0);
    expect((await shell("reauth", "hcv")).code).toBe(0);
    expect((await shell.call(["get", "DB_PASSWORD"], { reveals: true })).code).toBe(0);
    expect((await shell("unlink", "DB_PASSWORD")).code).toBe(0);
    expect(JSON.parse((await shell.read(shell.projectFile)) ?? "")).toMatchObject({ version: 1, links: {} });
  });

  it.runIf(process.platform !== "win32")("keeps what is the user's own to the user", async () => {
    const { shell } = await openConnectedShell();
    await shell("cache", "ttl", "45");
    expect((await stat(shell.userFile)).mode & 0o777).toBe(0o600);
  });

  it("both doors to disconnecting leave the same files (S25)", async () => {
    const left: (string | undefined)[] = [];
    for (const door of [["hcv"], ["--link", "DB"]]) {
      const { shell } = await openConnectedShell({ DB: "hcv://secret/app/db#password" });
      const user = {
        version: 1,
        connections: { hcv: { provider: "hashicorp", address: "https://vault.example.com" } },
      };
      await shell.writeUser(user);
      expect((await shell("disconnect", ...door, "--yes")).code).toBe(0);
      left.push(await shell.read(shell.userFile), await shell.read(shell.projectFile));
    }
    expect(left.slice(0, 2)).toEqual(left.slice(2));
  });

  it("connects with a credential from standard input, and forgets it", async () => {
    const vault = await startVault();
    onTestFinished(() => vault.stop());
    const shell = await openShell();
    const { approle } = vault.credentials["app"] ?? {};
    const args = [
      "--address",
      vault.url,
      "--method",
      "approle",
      "--role-id",
      approle?.roleId ?? "",
      "--secret-id-stdin",
    ];
    const input = `${approle?.secretId}\n`;
    const connected = await shell.call(["connect", "hashicorp", "hcv", ...args], { input });
    expect(connected.code).toBe(0);
    expect(connected.stderr).toContain("last for one command");
    expect(JSON.parse((await shell.read(shell.userFile)) ?? "")).toMatchObject({
      connections: { hcv: { provider: "hashicorp", auth: { method: "approle", roleId: "role-of-app" } } },
    });
    // The next command has no credentials, and nobody to ask.
    const { code, stderr } = await shell("get", "hcv://secret/app/db#password");
    expect([code, stderr.split("\n")[1]]).toEqual([76, "  try: export VAULT_SECRET_ID=…"]);
  });

  it("E8: connecting again changes only what is given, and keeps comments", async () => {
    const { shell, vault } = await openConnectedShell();
    const text = `{
  // my settings
  "version": 1,
  "connections": {
    "hcv": {
      "provider": "hashicorp", // the team's
      "address": "${vault.url}",
      "maxSession": 60
    }
  }
}
`;
    await shell.writeUser(text);
    expect((await shell("connect", "hashicorp", "hcv", "--namespace", "division")).code).toBe(0);
    expect(await shell.read(shell.userFile)).toBe(
      text.replace('"maxSession": 60', '"maxSession": 60,\n      "namespace": "division"'),
    );
  });

  it("relinking keeps the settings of a link, its comments, and everything around it", async () => {
    const { shell } = await openConnectedShell();
    const text = `{
  "version": 1, // one
  "links": {
    /* the database */
    "DB": { "reference": "hcv://secret/app/db#password", "required": false },
    "API": "hcv://secret/app/api#key" // the last
  }
}`;
    await shell.writeProject(text);
    expect((await shell("relink", "DB", "hcv://secret/app/db#username")).code).toBe(0);
    expect(await shell.read(shell.projectFile)).toBe(text.replace("db#password", "db#username"));
  });

  it("a project's connections count once they are trusted, and no longer once they change", async () => {
    const { shell, vault } = await openConnectedShell();
    await shell.writeUser({ version: 1 });
    const content = {
      version: 1,
      links: { DB: "hcv://secret/app/db#username" },
      connections: { hcv: { provider: "hashicorp", address: vault.url } },
    };
    await shell.writeProject(content);
    expect(await shell("get", "DB")).toMatchObject({ code: 67, lines: [expect.anything(), "  try: vaultlink trust"] });
    expect((await shell("list")).stdout).toContain("untrusted");
    expect(vault.log.count()).toBe(0);
    expect(await shell("trust")).toMatchObject({ code: 64 });
    expect((await shell("trust", "--yes")).stdout).toContain(vault.url);
    expect(await shell("get", "DB")).toMatchObject({ code: 0, stdout: "app\n" });
    await shell.writeProject({ ...content, connections: { hcv: { ...content.connections.hcv, namespace: "other" } } });
    expect((await shell("get", "DB")).code).toBe(67);
  });

  it("a folder below the project is in the project", async () => {
    const { shell } = await openConnectedShell({ DB: "hcv://secret/app/db#username" });
    const cwd = join(shell.project, "..", "project");
    expect(await shell.call(["get", "DB"], { cwd })).toMatchObject({ code: 0, stdout: "app\n" });
  });
});
