import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { COMMAND_LINE } from "./command.ts";
import { openConnectedShell, type Shell } from "./shell.ts";

const linux = process.platform === "linux";
const posix = process.platform !== "win32";
const hasScript = linux && spawnSync("script", ["--version"]).status === 0;
const LINKS = { DB_USER: "hcv://secret/app/db#username", DB_PASSWORD: "hcv://secret/app/db#password" };
const node = (script: string): readonly string[] => ["--", process.execPath, "-e", script];

/** What `sh` makes of a line in which `$RUN` stands for our command. Its output fails the test if a fake secret is in it. */
async function inShell(shell: Shell, token: string, line: string): Promise<{ code: number | null; output: string }> {
  const home = { HOME: shell.home, XDG_CONFIG_HOME: join(shell.home, "xdg") };
  const env = { PATH: process.env["PATH"], ...home, VAULT_TOKEN: token };
  const script = line.replaceAll("$RUN", `${COMMAND_LINE} run`);
  const child = spawn("sh", ["-c", script], { cwd: shell.project, env, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("latin1").on("data", (part: string) => (output += part));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (output.includes("vlcanary-")) throw new Error("A secret reached the output.");
  return { code, output };
}

async function open(links: Readonly<Record<string, unknown>> = LINKS) {
  const { shell, vault } = await openConnectedShell(links);
  const token = vault.credentials["app"]?.token ?? "";
  return { shell, sh: (line: string) => inShell(shell, token, line) };
}

/** The command lines of a process's children. */
const commandsOf = (pid: number): string => spawnSync("ps", ["-o", "args=", "--ppid", String(pid)]).stdout.toString();

describe("run --mask", () => {
  it("masks the values in both streams where those are no terminal, in the forms that programs write", async () => {
    const { shell } = await open();
    const script = `
      const { DB_PASSWORD } = process.env;
      console.log("a " + DB_PASSWORD + " b");
      console.log(Buffer.from("user:" + DB_PASSWORD).toString("base64").length);
      console.log(Buffer.from("user:" + DB_PASSWORD + "\\n").toString("base64"));
      console.error(JSON.stringify({ DB_PASSWORD }));`;
    const ran = await shell("run", ...node(script));
    expect(ran.stdout).toMatch(/^a \[secret\] b\n\d+\ndXNlcj.?.?\[secret\].{0,4}\n$/);
    expect(ran.lines.at(-1)).toBe('{"DB_PASSWORD":"[secret]"}');
  });

  it("masks hexadecimal on request", async () => {
    const { shell } = await open();
    const script = "console.log(Buffer.from(process.env.DB_PASSWORD).toString('hex'))";
    expect((await shell("run", ...node(script))).stdout).toMatch(/^[0-9a-f]{44}\n$/);
    expect((await shell("run", "--mask-hex", ...node(script))).stdout).toBe("[secret]\n");
  });

  it("masks nothing with never", async () => {
    const { shell } = await open();
    const script = "console.log(process.env.DB_PASSWORD.slice(0, 8) === 'vlcanary', process.env.DB_PASSWORD)";
    const ran = await shell.call(["run", "--mask=never", ...node(script)], { reveals: true });
    expect(ran.stdout).toMatch(/^true vlcanary-/);
    expect(ran.stderr).toBe("");
  });

  it("refuses another word", async () => {
    const { shell } = await open();
    const ran = await shell("run", "--mask", "sometimes", ...node(""));
    expect([ran.code, ran.lines[0]]).toEqual([64, "vaultlink: --mask takes auto, always or never."]);
  });

  it("says which values are too short, once, and gives them all the same", async () => {
    const { shell } = await open();
    const ran = await shell("run", ...node("console.log(process.env.DB_USER, process.env.DB_USER)"));
    expect(ran.stdout).toBe("app app\n");
    expect(ran.stderr).toBe("vaultlink: Shorter than 4 bytes, so not masked in what the command prints: DB_USER.\n");
  });

  it.runIf(posix)("changes no byte of binary output", async () => {
    const { sh } = await open();
    const script =
      "const b = Buffer.alloc(3e6); for (let i = 0; i < b.length; i++) b[i] = (i * 2654435761) >>> 13; process.stdout.write(b)";
    const bytes = Buffer.alloc(3e6);
    for (let at = 0; at < bytes.length; at++) bytes[at] = (at * 2_654_435_761) >>> 13;
    const { code, output } = await sh(`$RUN -- ${process.execPath} -e '${script}'`);
    const digest = (data: Uint8Array): string => createHash("sha256").update(data).digest("hex");
    expect([code, digest(Buffer.from(output, "latin1"))]).toEqual([0, digest(bytes)]);
  });

  it.runIf(linux)("gives a child streams that it can open by their paths", async () => {
    const { sh } = await open();
    const { output } = await sh(`$RUN -- sh -c 'echo one > /dev/stdout; echo two > /dev/stderr' 2>&1`);
    expect(output).toContain("one\ntwo\n");
  });

  it.runIf(linux)("keeps the order of two streams that lead to one place", async () => {
    const { sh } = await open();
    const lines = Array.from({ length: 200 }, (_, at) => `${at}\n`).join("");
    const loop = "i=0; while [ $i -lt 200 ]; do echo $i; i=$((i+1)); echo $i >&2; i=$((i+1)); done";
    expect((await sh(`$RUN -- sh -c '${loop}' 2>&1`)).output.replace(/^vaultlink: .*\n/, "")).toBe(lines);
  });

  it.runIf(posix)("ends a child whose reader stops, as it would without us", async () => {
    const { sh } = await open();
    expect((await sh("$RUN -- yes 2>/dev/null | head -n 2")).output).toBe("y\ny\n");
  });

  it.runIf(linux)("says that the output cannot be written", async () => {
    const { sh } = await open();
    const { output } = await sh("$RUN -- echo text 2>&1 >/dev/full; echo $?");
    expect(output).toMatch(/The output could not be written \(ENOSPC\)\.\n74\n$/);
  });

  it.runIf(linux)("waits for what a child left behind, until a signal", async () => {
    const { shell } = await open();
    const left: number[] = [];
    const ran = await shell.call(["run", "--", "sh", "-c", "sleep 600 & echo left $!; exit 3"], {
      running: (child) =>
        child.stdout?.once("data", (text: string) => {
          left.push(Number(/left (\d+)/.exec(text)?.[1]));
          void vi
            .waitFor(() => expect(commandsOf(child.pid ?? 0)).not.toContain("sleep 600"), { timeout: 60_000 })
            .then(() => child.kill("SIGTERM"));
        }),
    });
    for (const pid of left) process.kill(pid);
    expect([ran.stdout, ran.code]).toEqual([`left ${left[0]}\n`, 3]);
  });

  it.skipIf(!hasScript)("leaves a terminal to the child (skipped without util-linux's script)", async () => {
    const { sh } = await open();
    const show = "console.log(process.stdout.isTTY, process.stderr.isTTY)";
    const line = (mask: string): string =>
      `script -qec "$RUN --mask ${mask} -- '${process.execPath}' -e '${show}'" /dev/null`;
    expect((await sh(line("auto"))).output).toContain("true true");
    expect((await sh(line("always"))).output).toContain("undefined undefined");
  });
});
