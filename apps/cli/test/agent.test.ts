import { startVault } from "@vaultlink/stand-ins";
import { describe, expect, it, onTestFinished } from "vitest";
import { connected, LINKS, openAgentShell } from "./agent-shell.ts";
import { openShell } from "./shell.ts";

const LOOKUP = "GET /v1/auth/token/lookup-self";

describe.skipIf(process.platform === "win32")("commands that go through an agent", () => {
  it("N1: sign in once and read a document once", async () => {
    const { get, vault } = await connected();
    expect(await get("DB")).toBe("vlcanary-db-password-2");
    const asked = vault.log.count();
    expect(await get("DB")).toBe("vlcanary-db-password-2");
    expect(await get("OWNER")).toBe("app");
    expect(vault.log.count()).toBe(asked);
    expect(vault.log.count(LOOKUP)).toBe(1);
  });

  it("run a program with what was read before", async () => {
    const { call, get, vault } = await connected();
    await get("DB");
    await get("API");
    const asked = vault.log.count();
    const script =
      "process.exit(process.env.DB.endsWith('-2') && process.env.API && process.env.OWNER === 'app' ? 9 : 1)";
    // A value that is too short to be masked is named, wherever the value came from.
    const told = "vaultlink: Shorter than 4 bytes, so not masked in what the command prints: OWNER.\n";
    expect(await call(["run", "--", process.execPath, "-e", script])).toMatchObject({ code: 9, stderr: told });
    expect(vault.log.count()).toBe(asked);
  });

  it("read again after a reset of everything, of a name, of a connection", async () => {
    const { call, get, vault } = await connected();
    for (const scope of [[], ["DB"], ["--connection", "hcv"]]) {
      await get("DB");
      const reset = await call(["cache", "reset", ...scope, "--json"]);
      expect(JSON.parse(reset.stdout)).toEqual({ dropped: 1 });
      const asked = vault.log.count("GET /v1/secret/data/app/db");
      await get("DB");
      expect(vault.log.count("GET /v1/secret/data/app/db")).toBe(asked + 1);
    }
  });

  it("keep nothing from the moment the TTL is 0", async () => {
    const { call, get, vault } = await connected();
    await get("DB");
    expect((await call(["cache", "ttl", "0"])).code).toBe(0);
    expect(JSON.parse((await call(["cache", "status", "--json"])).stdout)).toMatchObject({ ttl: 0, entries: 0 });
    const asked = vault.log.count();
    await get("DB");
    expect(vault.log.count()).toBe(asked + 1);
  });

  it("show what is kept, in list, in status and in cache status", async () => {
    const { call, get } = await connected();
    await get("DB");
    const list = JSON.parse((await call(["list", "--json"])).stdout) as { links: { name: string; state: string }[] };
    expect(list.links.map(({ name, state }) => [name, state])).toEqual([
      ["DB", "resolved"],
      ["API", "unknown"],
      ["OWNER", "resolved"],
    ]);
    expect((await call(["status"])).stdout).toMatch(/hcv +hashicorp +http:\/\/\S+ +ready/);
    expect(JSON.parse((await call(["cache", "status", "--json"])).stdout)).toMatchObject({
      ...{ entries: 1, misses: 1 },
      connections: [{ name: "hcv", cached: 1 }],
    });
  });

  it("E39: see a changed link at once, and read the new one", async () => {
    const { call, get } = await connected();
    await get("DB");
    expect(await call(["relink", "DB", "hcv://secret/app/api#key"])).toMatchObject({ code: 0, stderr: "" });
    expect(await get("DB")).toBe("vlcanary-api-key");
  });

  it("after a disconnect give nothing that was read before, and ask no vault", async () => {
    const { call, get, vault } = await connected();
    await get("DB");
    expect((await call(["disconnect", "hcv", "--yes"])).stdout).toContain("Values dropped: 1.");
    const asked = vault.log.count();
    expect(await call(["get", "DB"])).toMatchObject({
      code: 67,
      lines: ["vaultlink: DB: The connection was disconnected.", "  try: vaultlink reauth hcv"],
    });
    expect(vault.log.count()).toBe(asked);
    expect(await call(["reauth", "hcv"])).toMatchObject({ code: 0, stderr: "" });
    expect(await get("DB")).toBe("vlcanary-db-password-2");
  });

  it("log out of what was signed in to; found credentials sign in again", async () => {
    const { call, get, vault } = await connected();
    await get("DB");
    expect((await call(["logout", "hcv"])).stdout).toBe(
      "hcv: signed out; values dropped: 1; at the vault: nothing of ours to revoke.\n",
    );
    await get("DB");
    expect(vault.log.count(LOOKUP)).toBe(2);
  });

  it("have a session for each set of credentials, and none sees another's values", async () => {
    const { call, get, vault } = await connected();
    await get("DB");
    const other = vault.credentials["reader"]?.token ?? "";
    const refused = await call(["get", "DB"], { env: { VAULT_TOKEN: `${other}x` } });
    expect(refused.code).toBe(76);
    const asked = vault.log.count();
    await get("DB");
    expect(vault.log.count()).toBe(asked);
  });

  it("work after the agent was killed, and leave one agent and nothing else behind", async () => {
    const { call, get } = await connected();
    await get("DB");
    const before = JSON.parse((await call(["agent", "status", "--json"])).stdout) as { agent: { pid: number } };
    process.kill(before.agent.pid, "SIGKILL");
    expect(await get("DB")).toBe("vlcanary-db-password-2");
    const after = JSON.parse((await call(["agent", "status", "--json"])).stdout) as { agent: { pid: number } };
    expect(after.agent.pid).not.toBe(before.agent.pid);
  });

  it("start none for what needs none", async () => {
    const { call } = await connected();
    await call(["agent", "stop"]);
    for (const args of [["list"], ["status"], ["cache", "status"], ["cache", "reset"], ["logout"]])
      expect((await call(args)).code).toBe(0);
    expect(JSON.parse((await call(["agent", "status", "--json"])).stdout)).toEqual({ agent: null });
  });
});

describe.skipIf(process.platform === "win32")("connecting", () => {
  it("with a credential from standard input signs in for the commands that follow", async () => {
    const vault = await startVault();
    onTestFinished(() => vault.stop());
    const { call, get, shell } = await openAgentShell({ shell: await openShell(), vault });
    const { approle } = vault.credentials["app"] ?? {};
    const options = ["--address", vault.url, "--method", "approle", "--role-id", approle?.roleId ?? ""];
    const args = ["connect", "hashicorp", "hcv", ...options, "--secret-id-stdin"];
    expect(await call(args, { input: `${approle?.secretId}\n` })).toMatchObject({ code: 0, stderr: "" });
    await shell.writeProject({ version: 1, links: LINKS });
    expect(await get("DB")).toBe("vlcanary-db-password-2");
    expect(vault.log.count("* /v1/auth/approle/login")).toBe(1);
    expect((await call(["logout"])).stdout).toContain("our credentials were revoked");
    const { code, lines } = await call(["get", "DB"]);
    expect([code, lines[1]]).toEqual([76, "  try: export VAULT_SECRET_ID=…"]);
  });

  it("leaves nothing open that the vault refused", async () => {
    const vault = await startVault();
    onTestFinished(() => vault.stop());
    const { call, shell } = await openAgentShell({ shell: await openShell(), vault });
    const args = ["connect", "hashicorp", "hcv", "--address", vault.url, "--token-stdin"];
    expect((await call(args, { input: "vlcanary-wrong\n" })).code).toBe(76);
    expect(await shell.read(shell.userFile)).toBeUndefined();
  });
});

describe.skipIf(process.platform === "win32")("an agent", () => {
  it("is not used where it is switched off", async () => {
    const { call, vault } = await connected();
    const options = { env: { VAULTLINK_AGENT: "off" }, reveals: true };
    await call(["get", "DB"], options);
    await call(["get", "DB"], options);
    expect(vault.log.count(LOOKUP)).toBe(2);
  });
});
