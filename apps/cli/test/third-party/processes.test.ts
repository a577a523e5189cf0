import { dirname, join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { type AgentShell, startAgent } from "../agent-shell.ts";
import { openShell } from "../shell.ts";
import { type Made, writeProvider } from "./provider.ts";

// Many processes, one after the other, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const PACKAGE = "vaultlink-provider-acme";

/** An agent with a connection of somebody else's provider. */
async function connected(made: Made = {}): Promise<AgentShell["call"]> {
  const shell = await openShell({ ACME_TOKEN: "vlcanary-right" });
  await writeProvider(join(dirname(shell.userFile), "node_modules", PACKAGE), PACKAGE, made);
  const { call } = await startAgent(shell);
  expect(await call(["connect", PACKAGE, "acme", "--url", "acme:", "--trust"])).toMatchObject({ code: 0 });
  return call;
}

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
});
