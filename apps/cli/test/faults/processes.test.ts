import { spawn, spawnSync } from "node:child_process";
import { openSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { inheritedAmong } from "../../src/child/descriptors.ts";
import { COMMAND_LINE, FLAGS, MAIN } from "../command.ts";
import { openConnectedShell, openShell, type Shell } from "../shell.ts";

const linux = process.platform === "linux";
const posix = process.platform !== "win32";
const node = (script: string): readonly string[] => ["--", process.execPath, "-e", script];
const environment = (shell: Shell): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  HOME: shell.home,
  XDG_CONFIG_HOME: join(shell.home, "xdg"),
});

describe.runIf(posix)("M2: a signal while a vault is asked closes the vault", () => {
  const LINKS = { MADE: "hcv://database/creds/app#username", HUNG: "hcv://secret/app/db#password" };
  it.each<[NodeJS.Signals, readonly string[]]>([
    ["SIGTERM", ["run", "--", "true"]],
    ["SIGHUP", ["run", "--", "true"]],
    ["SIGINT", ["run", "--", "true"]],
    ["SIGQUIT", ["run", "--", "true"]],
    ["SIGUSR1", ["run", "--", "true"]],
    ["SIGTERM", ["get", "HUNG"]],
    ["SIGTERM", ["relink", "MADE", "hcv://secret/app/db#password"]],
  ])("%s during %j", async (signal, args) => {
    const { shell, vault } = await openConnectedShell(LINKS);
    const hang = vault.fault({ on: "*/data/app/db", kind: "hang" });
    const wanted = args[0] === "run" ? 1 : 0;
    const ran = await shell.call(args, {
      running: (child) =>
        void vi
          .waitFor(() => expect([hang.hits, vault.leases().length]).toEqual([1, wanted]), { timeout: 60_000 })
          .then(() => child.kill(signal)),
    });
    expect(ran).toMatchObject({ code: 128 + constants.signals[signal], signal: null });
    expect(vault.leases().every(({ revoked }) => revoked)).toBe(true);
  });

  it("while a vault is signed in to, and where every failure is only shown", async () => {
    for (const args of [
      ["status", "--check"],
      ["reauth", "hcv"],
    ]) {
      const { shell, vault } = await openConnectedShell(LINKS);
      const hang = vault.fault({ on: "*lookup-self", kind: "hang" });
      const ran = await shell.call(args, {
        running: (child) =>
          void vi
            .waitFor(() => expect(hang.hits).toBeGreaterThan(0), { timeout: 60_000 })
            .then(() => child.kill("SIGTERM")),
      });
      expect([args, ran.code]).toEqual([args, 143]);
    }
  });

  it.runIf(linux && spawnSync("unshare", ["-pf", "true"]).status === 0)(
    "as the first process of a container",
    async () => {
      const { shell, vault } = await openConnectedShell(LINKS);
      const hang = vault.fault({ on: "*/data/app/db", kind: "hang" });
      const env = { ...environment(shell), VAULT_TOKEN: vault.credentials["app"]?.token };
      const outer = spawn("unshare", ["-pf", "--kill-child", process.execPath, ...FLAGS, MAIN, "run", "--", "true"], {
        cwd: shell.project,
        env,
        stdio: "ignore",
      });
      const code = new Promise((resolve) => outer.once("exit", resolve));
      await vi.waitFor(() => expect(hang.hits).toBe(1), { timeout: 60_000 });
      const inner = spawnSync("ps", ["-o", "pid=", "--ppid", String(outer.pid)])
        .stdout.toString()
        .trim();
      process.kill(Number(inner), "SIGTERM");
      expect(await code).toBe(143);
      expect(vault.leases().map(({ revoked }) => revoked)).toEqual([true]);
    },
  );

  it.runIf(linux)("while a credential is awaited from standard input", async () => {
    const shell = await openShell();
    const child = spawn(
      process.execPath,
      [...FLAGS, MAIN, "connect", "hashicorp", "hcv", "--address", "https://127.0.0.1:1", "--token-stdin"],
      {
        cwd: shell.project,
        env: environment(shell),
      },
    );
    const code = new Promise((resolve) => child.once("exit", resolve));
    // Until the command listens, a signal ends the process in the way of the system.
    await vi.waitFor(() => expect(caught(child.pid ?? 0) & SIGHUP).toBe(SIGHUP), { timeout: 60_000 });
    child.kill("SIGTERM");
    expect(await code).toBe(143);
  });
});

/** Its bit in such a set; Node itself handles some other signals from the start. */
const SIGHUP = 1n;

/** The signals a process handles (proc_pid_status(5), SigCgt). */
const caught = (pid: number): bigint =>
  BigInt(`0x${/SigCgt:\s*(\w+)/.exec(spawnSync("cat", [`/proc/${pid}/status`]).stdout.toString())?.[1] ?? "0"}`);

describe.runIf(linux)("M3: output that cannot be written", () => {
  it.each<readonly string[]>([
    ["get", "DB"],
    ["get", "DB", "--json"],
    ["list"],
    ["--version"],
    ["--help"],
    ["connect", "hashicorp", "--help"],
    ["completion", "bash"],
  ])("%s %s", async (...args) => {
    const { shell, vault } = await openConnectedShell({ DB: "hcv://secret/app/db#username" });
    const child = spawn(process.execPath, [...FLAGS, MAIN, ...args], {
      cwd: shell.project,
      env: { ...environment(shell), VAULT_TOKEN: vault.credentials["app"]?.token },
      stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
    });
    let said = "";
    child.stderr?.on("data", (part: Buffer) => (said += part));
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect([code, said]).toEqual([74, "vaultlink: The output could not be written (ENOSPC).\n"]);
  });

  it("a reader that stops early is no failure", async () => {
    const shell = await openShell();
    const line = `{ ${COMMAND_LINE} --help; echo $? >&2; } | true`;
    const ran = spawnSync("bash", ["-c", line], { cwd: shell.project, env: environment(shell) });
    expect(String(ran.stderr)).toBe("0\n");
  });
});

describe.runIf(linux)("M6: descriptors that were left open for us", () => {
  it("reach the child, and ours do not", async () => {
    const { shell, vault } = await openConnectedShell({ DB: "hcv://secret/app/db#username" });
    const script = 'for fd in 3 9 15 63; do eval "cat <&$fd" 2>/dev/null; done; ls /proc/self/fd | wc -w';
    const line = `exec 3</proc/sys/kernel/ostype 9</proc/sys/kernel/ostype 15</proc/sys/kernel/ostype; ${COMMAND_LINE} run --only DB -- bash -c '${script}' 63< <(echo sixty-three)`;
    const { stdout: plain } = spawnSync("bash", [
      "-c",
      `exec 3</dev/null 9</dev/null 15</dev/null; bash -c 'ls /proc/self/fd | wc -w' 63</dev/null`,
    ]);
    const ran = await bash(shell, line, vault.credentials["app"]?.token);
    expect(ran.split("\n").slice(0, 4)).toEqual(["Linux", "Linux", "Linux", "sixty-three"]);
    expect(Number(ran.split("\n")[4])).toBeLessThanOrEqual(Number(String(plain)) + 2);
  });

  it("make's job server, at whatever numbers", () => {
    const pipe = (number: number, inode: number, flags: number) => ({ number, target: `pipe:[${inode}]`, flags });
    const own = [{ number: 5, target: "anon_inode:[eventpoll]", flags: 2 }, pipe(6, 1, 0), pipe(7, 1, 1)];
    const below = [pipe(3, 2, 0), pipe(4, 2, 1)];
    const above = [pipe(10, 3, 0), pipe(11, 3, 1)];
    expect(inheritedAmong([...below, ...own, ...above], {})).toEqual([3, 4]);
    const env = { MAKEFLAGS: " -j4 --jobserver-auth=10,11" };
    expect(inheritedAmong([...below, ...own, ...above], env)).toEqual([3, 4, 10, 11]);
  });
});

/** The standard output of a line of bash. */
async function bash(shell: Shell, line: string, token?: string): Promise<string> {
  const child = spawn("bash", ["-c", line], {
    cwd: shell.project,
    env: { ...environment(shell), VAULT_TOKEN: token },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
  await new Promise((resolve) => child.once("close", resolve));
  return text;
}

describe("run", () => {
  it("M10: names the variable that is too long, and the limit", async () => {
    const { shell, vault } = await openConnectedShell({
      DB: "hcv://secret/app/db#username",
      BIG: "hcv://secret/app/big#value",
    });
    vault.put("secret/app/big", { value: "x".repeat(140_000) });
    const ran = await shell("run", "--mask=never", ...node("0"));
    expect(ran).toMatchObject({
      code: 65,
      lines: [expect.stringMatching(/^vaultlink: BIG: .*128 KiB/), expect.anything()],
    });
  });

  it("R23: warns of no listeners, however many links there are", async () => {
    const links = Object.fromEntries(
      Array.from({ length: 15 }, (_, at) => [`N${at}`, `hcv://secret/app/db?version=${(at % 2) + 1}#username`]),
    );
    const { shell } = await openConnectedShell(links);
    expect(await shell("run", "--mask=never", ...node("0"))).toMatchObject({ code: 0, stderr: "" });
  });
});
