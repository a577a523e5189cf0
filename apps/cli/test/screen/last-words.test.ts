import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { Terminal } from "@vaultlink/test-support/terminal";
import { expect, it, onTestFinished, vi } from "vitest";
import { temporaryFolder } from "../temporary.ts";

function open(script: string, ...args: readonly string[]): Terminal {
  const terminal = new Terminal({ command: ["sh", "-c", script, "sh", ...args], env: process.env, cwd: process.cwd() });
  onTestFinished(() => terminal.stop());
  return terminal;
}

it("a test that waits for the end of a program has all that it said on the screen", async () => {
  const terminal = open("echo first; read -r _; echo the last");
  await terminal.shows("first");
  onTestFinished(() => void vi.useRealTimers());
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const atTheEnd: string[] = [];
  void terminal.ended().then(() => atTheEnd.push(terminal.text()));
  terminal.type("\r");
  while (isAlive(terminal.pid) || !terminal.stream.includes("the last")) await turn();
  for (let turns = 0; turns < 100; turns++) await turn();
  // It draws by timers.
  while (atTheEnd.length === 0) {
    await turn();
    vi.advanceTimersByTime(1);
  }
  expect(atTheEnd).toEqual([expect.stringMatching(/the last$/)]);
});

it.skipIf(process.platform !== "linux")(
  "however long it takes to read (skipped elsewhere than on Linux, where the end of the output cannot be told)",
  async () => {
    const file = join(await temporaryFolder(), "go-on");
    const terminal = open('trap "" HUP; echo first; read -r _; { until [ -e "$1" ]; do :; done; echo late; } &', file);
    await terminal.shows("first");
    onTestFinished(() => void vi.useRealTimers());
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    terminal.type("\r");
    while (isAlive(terminal.pid)) await turn();
    // The library gives up.
    for (let turns = 0; turns < 100; turns++) {
      await turn();
      vi.advanceTimersByTime(200);
    }
    vi.useRealTimers();
    await writeFile(file, "");
    await terminal.ended();
    expect(terminal.text()).toMatch(/late$/);
  },
);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
