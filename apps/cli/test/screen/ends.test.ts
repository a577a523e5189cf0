import { readdir, readFile } from "node:fs/promises";
import type { Terminal } from "@vaultlink/test-support/terminal";
import { describe, expect, it, onTestFinished } from "vitest";
import { startAgent } from "../agent-shell.ts";
import { openConnectedShell, type Shell } from "../shell.ts";
import { openWindow } from "./window.ts";

/** A shell that runs the command, says what became of the terminal, and goes on. */
const SCRIPT = '"$@"; code=$?; stty -a; echo "ended $code"; read -r line; echo "read $line"';

/** Has Node crash when it is told to: what no test can make the command itself do. */
const CRASH = 'process.on("SIGUSR2", () => { throw new TypeError("vlcanary-crash"); });';

interface Open {
  readonly shell: Shell;
  readonly window: Terminal;
  readonly stop: () => Promise<void>;
}

/** The window, through an agent, in a shell at a terminal, with a value on the screen. */
async function openInShell(env: Readonly<Record<string, string>> = {}): Promise<Open> {
  const { shell, vault } = await openConnectedShell({ DB: "hcv://secret/app/db#password" });
  const { call, runtime } = await startAgent(shell, () => {});
  const stop = async (): Promise<void> => void (await call(["agent", "stop"]));
  onTestFinished(stop);
  const window = await openWindow(shell, {
    agent: "on",
    env: { ...runtime, VAULT_TOKEN: vault.credentials["app"]?.token, ...env },
    within: (command) => ["sh", "-c", SCRIPT, "sh", ...command],
  });
  await window.shows(/> DB +○ not read/);
  window.type("v");
  await window.shows("DB: its value");
  return { shell, window, stop };
}

/** The processes of a test's user, by what they run; none of its shell. */
async function processesOf({ home }: Shell, except?: number): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>();
  for (const entry of await readdir("/proc")) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === except) continue;
    const read = (file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "");
    if (!(await read("environ")).split("\0").includes(`HOME=${home}`)) continue;
    const command = (await read("cmdline")).split("\0").join(" ").trim();
    if (command !== "") found.set(pid, command);
  }
  return found;
}

/** The process of the window itself. */
async function pidOf({ shell, window }: Open): Promise<number> {
  const all = await processesOf(shell, window.pid);
  const [pid] = [...all].find(([, command]) => command.endsWith(" ui")) ?? [];
  if (pid === undefined) throw new Error(`There is no window: ${[...all.values()].join(", ")}`);
  return pid;
}

/** The shell goes on at a terminal as it was, and of the command only the agent is left, until it is stopped. */
async function expectUsable({ shell, window, stop }: Open, code: number): Promise<void> {
  await window.shows(`ended ${code}`);
  expect({ isAlternate: window.isAlternate, modes: window.modes }).toEqual({
    isAlternate: false,
    modes: { mouse: "none", paste: false },
  });
  const settings = window.text().split(/[\s;]+/);
  for (const setting of ["isig", "icanon", "echo", "opost"]) expect(settings).toContain(setting);
  window.type("on it goes\r");
  await window.shows("read on it goes");
  await window.ended();
  await expectNobody({ shell, window, stop });
}

async function expectNobody({ shell, stop }: Open): Promise<void> {
  const left = async (): Promise<readonly string[]> => [...(await processesOf(shell)).values()];
  const others = async (): Promise<unknown> => (await left()).filter((command) => !/agent/.test(command));
  await expect.poll(others).toEqual([]);
  await stop();
  await expect.poll(left).toEqual([]);
}

describe.skipIf(process.platform !== "linux")("the window, through an agent (skipped where there is no /proc)", () => {
  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
    ["SIGHUP", 129],
  ] as const)("gives the terminal back and leaves no process after %s", async (signal, code) => {
    const open = await openInShell();
    process.kill(await pidOf(open), signal);
    await expectUsable(open, code);
  });

  it("gives the terminal back and leaves no process after a crash, and tells no more than that", async () => {
    const open = await openInShell({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(CRASH)}` });
    open.window.press("escape");
    await open.window.showsNo("vlcanary-");
    const before = open.window.stream.length;
    process.kill(await pidOf(open), "SIGUSR2");
    await expectUsable(open, 70);
    expect(open.window.stream.slice(before)).not.toMatch(/vlcanary-|\n\s+at .+:\d+/);
  });

  it("leaves no process when the terminal is closed", async () => {
    const open = await openInShell();
    open.window.close();
    await expectNobody(open);
  });
});
