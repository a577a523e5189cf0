import { appendFile, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { type AgentShell, startAgent } from "../agent-shell.ts";
import { openShell } from "../shell.ts";
import { type Made, writeProvider } from "./provider.ts";

// Many processes, one after the other, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const PACKAGE = "vaultlink-provider-acme";

/** An agent with a connection of somebody else's provider, and the folder of its package. */
async function installed(made: Made = {}): Promise<{ readonly call: AgentShell["call"]; readonly folder: string }> {
  const shell = await openShell({ ACME_TOKEN: "vlcanary-right" });
  const folder = join(dirname(shell.userFile), "node_modules", PACKAGE);
  await writeProvider(folder, PACKAGE, made);
  const { call } = await startAgent(shell);
  expect(await call(["connect", PACKAGE, "acme", "--url", "acme:", "--trust"])).toMatchObject({ code: 0 });
  return { call, folder };
}

const connected = async (made: Made = {}): Promise<AgentShell["call"]> => (await installed(made)).call;

async function pidOf(call: AgentShell["call"], args: readonly string[]): Promise<number> {
  const { stdout } = await call(args, { reveals: true });
  return Number(stdout);
}

const agentOf = async (call: AgentShell["call"]): Promise<number> =>
  (JSON.parse((await call(["agent", "status", "--json"])).stdout) as { agent: { pid: number } }).agent.pid;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe.skipIf(process.platform === "win32")("the process of somebody else's provider, in an agent", () => {
  it("is signed in to once, serves several commands, and ends with its connection", async () => {
    const call = await connected();
    const pid = await pidOf(call, ["get", "acme://pid"]);
    expect(isAlive(pid)).toBe(true);
    expect(await pidOf(call, ["get", "acme://pid", "--refresh"])).toBe(pid);
    await call(["disconnect", "acme", "--yes"]);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it("ends with the agent", async () => {
    const call = await connected();
    const pid = await pidOf(call, ["get", "acme://pid"]);
    await call(["agent", "stop"]);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it("ends where the agent was killed, although it never yields", async () => {
    const call = await connected({ onRead: 'if (path === "loop") setImmediate(() => { for (;;); });' });
    const pid = await pidOf(call, ["get", "acme://pid"]);
    await call(["get", "acme://loop"], { reveals: true });
    expect(isAlive(pid)).toBe(true);
    process.kill(await agentOf(call), "SIGKILL");
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it("ends once another session of its connection was opened", async () => {
    const call = await connected();
    const pid = await pidOf(call, ["get", "acme://pid"]);
    expect(await call(["reauth", "acme"])).toMatchObject({ code: 0 });
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it("ends once its code has changed since it was trusted, and nothing it read before is given any more", async () => {
    const { call, folder } = await installed();
    const pid = await pidOf(call, ["get", "acme://pid"]);
    const code = await readFile(join(folder, "index.js"));
    await appendFile(join(folder, "index.js"), "// changed\n");
    const refused = {
      code: 67,
      stdout: "",
      stderr: expect.stringContaining("has changed since you trusted it") as string,
    };
    expect(await call(["get", "acme://pid"])).toMatchObject(refused);
    expect(await call(["get", "acme://pid", "--refresh"])).toMatchObject(refused);
    expect(await call(["get", "acme://never-read"])).toMatchObject(refused);
    await expect.poll(() => isAlive(pid)).toBe(false);
    expect((await call(["status"])).stdout).not.toContain("ready");
    // As it was, it is what its user agreed to.
    await writeFile(join(folder, "index.js"), code);
    expect(await pidOf(call, ["get", "acme://pid"])).not.toBe(pid);
  });

  it("ends once a file was added to its code", async () => {
    const { call, folder } = await installed();
    const pid = await pidOf(call, ["get", "acme://pid"]);
    await writeFile(join(folder, "more.js"), "");
    expect(await call(["get", "acme://pid"])).toMatchObject({ code: 67 });
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it("ends once its code is gone", async () => {
    const { call, folder } = await installed();
    const pid = await pidOf(call, ["get", "acme://pid"]);
    await rename(folder, `${folder}-moved`);
    const absent = { code: 78, stdout: "", stderr: expect.stringContaining("is not installed") as string };
    expect(await call(["get", "acme://pid"])).toMatchObject(absent);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it("goes on where its files were only touched", async () => {
    const { call, folder } = await installed();
    const pid = await pidOf(call, ["get", "acme://pid"]);
    await writeFile(join(folder, "index.js"), await readFile(join(folder, "index.js")));
    expect(await pidOf(call, ["get", "acme://pid", "--refresh"])).toBe(pid);
  });
});
