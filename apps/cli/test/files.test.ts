import { describe, expect, it } from "vitest";
import { attempt, failure } from "./attempt.ts";
import { openConnectedShell, openShell } from "./shell.ts";

describe("files that are wrong", () => {
  it("an empty project file", async () => {
    const shell = await openShell();
    await shell.writeProject("");
    const sentence = `${shell.projectFile}: It is empty; the least it may hold is { "version": 1 }.`;
    expect(await attempt(shell, ["list"])).toEqual(failure([78, sentence, `Edit ${shell.projectFile}`]));
  });

  it("no configuration at all", async () => {
    const shell = await openShell();
    expect(await attempt(shell, ["get", "DB_PASSWORD"])).toEqual(
      failure([67, "No link is named DB_PASSWORD.", "vaultlink link --help"]),
    );
  });

  it("broken JSON, with its place and nothing of it", async () => {
    const shell = await openShell();
    await shell.writeProject('{\n  "version": 1,\n  "links": { "A": hcv }\n}');
    const sentence = `${shell.projectFile}, line 3, column 19: This is not JSON.`;
    expect(await attempt(shell, ["list"])).toEqual(failure([78, sentence, `Edit ${shell.projectFile}`]));
    expect(await attempt(shell, ["link", "B", "hcv://x"])).toEqual(
      failure([78, sentence, `Edit ${shell.projectFile}`]),
    );
  });

  it("an unknown key, with the nearest known one", async () => {
    const shell = await openShell();
    await shell.writeUser('{ "version": 1, "cach": {} }');
    const sentence = `${shell.userFile}, line 1, column 17: Unknown key "cach"; did you mean "cache"?`;
    expect(await attempt(shell, ["cache", "ttl", "45"])).toEqual(failure([78, sentence, `Edit ${shell.userFile}`]));
  });

  it("a credential in the user configuration: its key is named, and it is not used", async () => {
    const { shell, vault } = await openConnectedShell({ DB: "hcv://secret/app/db#username" });
    const auth = { token: "placeholder-for-a-token" };
    await shell.writeUser({ version: 1, connections: { hcv: { provider: "hashicorp", address: vault.url, auth } } });
    const { code, lines } = await shell("get", "DB");
    expect([code, lines[0]]).toEqual([
      78,
      `vaultlink: DB: Connection hcv in ${shell.userFile} holds the credential "auth.token"; no file may.`,
    ]);
    expect(lines.join("\n")).not.toContain("placeholder");
    expect(vault.log.count()).toBe(0);
  });
});
