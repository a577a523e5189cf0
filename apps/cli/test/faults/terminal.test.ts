import { spawn, spawnSync } from "node:child_process";
import { describe, expect, it, vi } from "vitest";
import { COMMAND_LINE } from "../command.ts";
import { openShell } from "../shell.ts";

const hasScript = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;

/** Counts what it gets; says so when it is asked to end. */
const CHILD = `
let got = 0;
process.on("SIGINT", () => { got++; console.log("got " + got); });
process.on("SIGTERM", () => { console.log("total " + got); process.exit(0); });
setInterval(() => {}, 1000);
console.log("child " + process.pid + " of " + process.ppid);
`;

describe.skipIf(!hasScript)("M4: signals at a terminal (skipped without util-linux's script)", () => {
  it("one from elsewhere is handed on, one of the terminal is not handed on again", async () => {
    const shell = await openShell();
    const env = { PATH: process.env["PATH"], HOME: shell.home, CHILD, NODE: process.execPath };
    const line = `exec ${COMMAND_LINE} run -- "$NODE" -e "$CHILD"`;
    const terminal = spawn("script", ["-qec", line, "/dev/null"], { cwd: shell.project, env });
    let seen = "";
    terminal.stdout.on("data", (part: Buffer) => (seen += part));
    const sees = (text: RegExp): Promise<unknown> => vi.waitFor(() => expect(seen).toMatch(text), { timeout: 60_000 });
    await sees(/child \d+ of \d+/);
    const [, child, parent] = /child (\d+) of (\d+)/.exec(seen) ?? [];
    process.kill(Number(parent), "SIGINT");
    await sees(/got 1/);
    terminal.stdin.write("\u0003");
    await sees(/got 2/);
    process.kill(Number(parent), "SIGINT");
    await sees(/got 3/);
    process.kill(Number(child), "SIGTERM");
    await new Promise((resolve) => terminal.once("close", resolve));
    expect(seen).toMatch(/total 3/);
  });
});
