import { describe, expect, it } from "vitest";
import { openConnectedShell, openShell, type Ran } from "./shell.ts";

const NUMBER: unknown = expect.any(Number);
const TEXT: unknown = expect.any(String);
const LINKS = { DB_USER: "hcv://secret/app/db#username", GONE: "hcv://secret/app/nothing#x", DECLARED: null };

/** The one object on standard output. */
function object({ stdout }: Ran): unknown {
  expect(stdout.split("\n")).toHaveLength(2);
  return JSON.parse(stdout);
}

describe("--json", () => {
  it("get", async () => {
    const { shell } = await openConnectedShell(LINKS);
    expect(object(await shell("get", "DB_USER", "--json"))).toEqual({
      name: "DB_USER",
      source: "vault",
      ageMs: NUMBER,
      version: "2",
      value: "app",
    });
    expect(object(await shell("get", "DB_USER", "--json", "--base64"))).toMatchObject({ base64: "YXBw" });
  });

  it("list", async () => {
    const { shell } = await openConnectedShell(LINKS);
    expect(object(await shell("list", "--json"))).toEqual({
      links: [
        { name: "DB_USER", reference: LINKS.DB_USER, required: true, state: "unknown", origin: "project" },
        { name: "GONE", reference: LINKS.GONE, required: true, state: "unknown", origin: "project" },
        {
          name: "DECLARED",
          reference: null,
          required: true,
          state: "unresolved",
          reason: "unlinked",
          hint: "vaultlink relink DECLARED",
          origin: "project",
        },
      ],
    });
  });

  it("status, without and with asking the vault", async () => {
    const { shell, vault } = await openConnectedShell(LINKS);
    const offline = object(await shell("status", "--json"));
    expect(vault.log.count()).toBe(0);
    expect(offline).toMatchObject({
      connections: [{ name: "hcv", provider: "hashicorp", state: "not opened", origin: "user" }],
      cache: { ttl: 60 },
      files: { user: shell.userFile, project: shell.projectFile },
    });
    expect(object(await shell("status", "--check", "--json"))).toMatchObject({
      connections: [{ name: "hcv", state: "ready", identity: TEXT }],
    });
  });

  it("status of a vault that does not answer", async () => {
    const { shell, vault } = await openConnectedShell(LINKS);
    await vault.stop();
    expect(object(await shell("status", "--check", "--json"))).toMatchObject({
      connections: [{ name: "hcv", state: "failed", error: { code: "unavailable" } }],
    });
  });

  it("link, relink, unlink", async () => {
    const { shell } = await openConnectedShell(LINKS);
    const [first, second] = ["hcv://secret/app/db#password", "hcv://secret/app/db#username"];
    const file = shell.projectFile;
    expect(object(await shell("link", "NEW", first, "--json"))).toEqual({ name: "NEW", reference: first, file });
    const dry = { name: "NEW", before: first, reference: second, file, changed: false };
    expect(object(await shell("relink", "NEW", second, "--dry-run", "--json"))).toEqual(dry);
    const done = { ...dry, changed: true, verified: true };
    expect(object(await shell("relink", "NEW", second, "--json"))).toEqual(done);
    expect(object(await shell("unlink", "NEW", "--json"))).toEqual({ name: "NEW", file });
  });

  it("reauth, disconnect", async () => {
    const { shell } = await openConnectedShell(LINKS);
    expect(object(await shell("reauth", "--json"))).toEqual({
      connections: [{ connection: "hcv", identity: TEXT, displayName: TEXT }],
    });
    expect(object(await shell("disconnect", "hcv", "--yes", "--json"))).toEqual({
      connection: "hcv",
      disconnected: true,
      forgotten: false,
      names: ["DB_USER", "GONE"],
      dropped: 0,
      remote: "nothing-to-revoke",
      hint: "vaultlink reauth hcv",
    });
  });

  it("cache", async () => {
    const shell = await openShell();
    expect(object(await shell("cache", "ttl", "2h", "--json"))).toEqual({ ttl: 120 });
    expect(object(await shell("cache", "ttl", "--json"))).toEqual({ ttl: 120 });
    expect(object(await shell("cache", "status", "--json"))).toEqual({ ttl: 120, entries: 0, bytes: 0, agent: null });
    expect(object(await shell("cache", "reset", "--json"))).toEqual({ dropped: 0, agent: null });
  });

  it("a failure: on standard output as data, on standard error in words", async () => {
    const { shell } = await openConnectedShell(LINKS);
    const ran = await shell("get", "DECLARED", "--json");
    expect(ran.code).toBe(67);
    expect(object(ran)).toEqual({
      error: {
        exit: 67,
        name: "DECLARED",
        code: "unresolved",
        message: "DECLARED: The name has no reference yet.",
        reason: "unlinked",
        hint: "vaultlink relink DECLARED",
      },
      failures: [expect.objectContaining({ name: "DECLARED", code: "unresolved" })],
    });
    expect(ran.lines[0]).toBe("vaultlink: DECLARED: The name has no reference yet.");
  });

  it("run: failures before the child starts; afterwards standard output is the child's alone", async () => {
    const { shell } = await openConnectedShell(LINKS);
    const child = ["--", process.execPath, "-e", "console.log('mine')"];
    expect(object(await shell("run", "--json", ...child))).toMatchObject({
      error: { exit: 67, code: "unresolved" },
      failures: [
        { name: "GONE", code: "not_found" },
        { name: "DECLARED", code: "unresolved" },
      ],
    });
    expect((await shell("run", "--json", "--only", "DB_USER", ...child)).stdout).toBe("mine\n");
  });

  it("a command line that is wrong", async () => {
    const shell = await openShell();
    const ran = await shell("get", "--json");
    expect([ran.code, object(ran)]).toEqual([
      64,
      {
        error: {
          exit: 64,
          code: "usage",
          message: "vaultlink get needs <name|reference>.",
          hint: "vaultlink get --help",
        },
      },
    ]);
  });
});
