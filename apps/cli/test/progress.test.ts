import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { connected } from "./agent-shell.ts";
import { COMMAND_LINE } from "./command.ts";
import { openConnectedShell, type Shell } from "./shell.ts";

const hasScript = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;

/** All that a terminal got while a command ran at it. */
async function atTerminal(shell: Shell, args: string, env: Readonly<Record<string, string>>): Promise<string> {
  const line = `exec ${COMMAND_LINE} ${args}`;
  const around = {
    PATH: process.env["PATH"],
    HOME: shell.home,
    XDG_CONFIG_HOME: join(shell.home, "xdg"),
    TERM: "xterm",
  };
  const terminal = spawn("script", ["-qec", line, "/dev/null"], {
    cwd: shell.project,
    env: { ...around, ...env },
  });
  let seen = "";
  terminal.stdout.setEncoding("utf8").on("data", (part: string) => (seen += part));
  await new Promise((resolve) => terminal.once("close", resolve));
  return seen;
}

/** A vault that takes its time with one secret. */
const SLOW = { on: "*/data/app/db", kind: "slow", afterMs: 2_500 } as const;
const LINKS = { DB: "hcv://secret/app/db#username" };

/* oxlint-disable no-control-regex -- these are what takes a line back */
const TOLD =
  /^\r\x1b\[Kvaultlink: (?:signing in to|waiting for) hcv, \d+ s left(?:\r\x1b\[Kvaultlink: [^\r\n]*)*\r\x1b\[Kapp\r\n$/;

describe.skipIf(!hasScript)("N10: a vault that takes its time (skipped without util-linux's script)", () => {
  it("is told at a terminal, with the time left, and taken back before the value", async () => {
    const { shell, vault } = await openConnectedShell(LINKS);
    vault.fault(SLOW);
    const seen = await atTerminal(shell, "get DB", {
      VAULTLINK_AGENT: "off",
      VAULT_TOKEN: vault.credentials["app"]?.token ?? "",
    });
    expect(seen).toMatch(TOLD);
  });

  it("is told through the agent, too", async () => {
    const { call, shell, vault, runtime } = await connected();
    vault.fault(SLOW);
    const env = { ...runtime, VAULT_TOKEN: vault.credentials["app"]?.token ?? "" };
    const seen = await atTerminal(shell, "get OWNER", env);
    expect(seen).toMatch(TOLD);
    expect((await call(["status"])).stderr).toBe("");
  });

  it("is not told where nobody sees it", async () => {
    const { shell, vault } = await openConnectedShell(LINKS);
    vault.fault(SLOW);
    expect(await shell("get", "DB")).toMatchObject({ code: 0, stdout: "app\n", stderr: "" });
  });
});
