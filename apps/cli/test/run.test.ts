import { readdir, writeFile } from "node:fs/promises";
import { constants } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openConnectedShell } from "./shell.ts";

const posix = process.platform !== "win32";
const LINKS = { DB_USER: "hcv://secret/app/db#username", DB_PASSWORD: "hcv://secret/app/db#password" };
/** Node as the child: the same on every system. */
const node = (script: string): readonly string[] => ["--", process.execPath, "-e", script];

describe("run", () => {
  it("gives the child the linked names, and everything of ours besides", async () => {
    const { shell } = await openConnectedShell(LINKS);
    const script = "console.log(process.env.DB_USER, process.env.DB_PASSWORD.length, process.env.EXTRA)";
    const ran = await shell.call(["run", "--mask", "never", ...node(script)], { env: { EXTRA: "kept" } });
    expect(ran).toMatchObject({ code: 0, stdout: "app 22 kept\n", stderr: "" });
  });

  it("gives only the names that were asked for", async () => {
    const { shell } = await openConnectedShell(LINKS);
    const script = "console.log(process.env.DB_USER, process.env.DB_PASSWORD)";
    expect((await shell("run", "--only", "DB_USER", ...node(script))).stdout).toBe("app undefined\n");
  });

  it.each([0, 1, 7, 255])("ends with the child's status: %i", async (status) => {
    const { shell } = await openConnectedShell();
    expect((await shell("run", ...node(`process.exit(${status})`))).code).toBe(status);
  });

  it("hands arguments on as they are, with no shell between, and needs no -- before them", async () => {
    const { shell } = await openConnectedShell();
    const args = ["$HOME", "a b", "*", "--json", "`id`", "; echo x"];
    const script = "console.log(JSON.stringify(process.argv.slice(1)))";
    const [, file = "", flag = ""] = node(script);
    const ran = await shell("run", file, flag, script, ...args.filter((arg) => arg !== "--json"));
    expect(JSON.parse(ran.stdout)).toEqual(args.filter((arg) => arg !== "--json"));
    expect(JSON.parse((await shell("run", ...node(script), "--", ...args)).stdout)).toEqual(args);
  });

  it("obeys nothing that a dotenv file says to Node, and passes it on to nobody", async () => {
    const { shell } = await openConnectedShell();
    const code = join(shell.project, "code.cjs");
    await writeFile(code, 'require("node:fs").writeFileSync("obeyed", "");');
    await writeFile(join(shell.project, ".env"), `NODE_OPTIONS=--require=${code}\n`);
    const ran = await shell("run", "--dotenv", ".env", ...node(""));
    expect(ran.code).not.toBe(0);
    expect(ran.stderr).toContain("NODE_OPTIONS");
    expect(await readdir(shell.project)).not.toContain("obeyed");
  });

  it("says before --env-file is used that Node reads such a file first", async () => {
    const { shell } = await openConnectedShell();
    const help = (await shell("run", "--help")).stdout.replaceAll(/\s+/g, " ");
    expect(help).toContain("Node obeys NODE_OPTIONS in it first: not for a file of somebody else's.");
    await writeFile(join(shell.project, ".env"), "PORT=80\n");
    const ran = await shell("run", "--env-file", ".env", ...node("console.log(process.env.PORT)"));
    expect(ran).toMatchObject({ code: 0, stdout: "80\n" });
  });

  it("gives the child its standard input", async () => {
    const { shell } = await openConnectedShell();
    const ran = await shell.call(["run", ...node("process.stdin.pipe(process.stdout)")], { input: "typed\n" });
    expect(ran.stdout).toBe("typed\n");
  });

  it("E37: starts nothing unless every required name resolves, and names each that did not", async () => {
    const { shell } = await openConnectedShell({
      ...LINKS,
      GONE: "hcv://secret/app/nothing#x",
      DECLARED: null,
      NOT_NEEDED: { reference: "hcv://secret/app/nothing#x", required: false },
    });
    const ran = await shell("run", ...node("console.log('started')"));
    expect([ran.code, ran.stdout]).toEqual([67, ""]);
    expect(ran.lines.filter((line) => line.startsWith("vaultlink: ")).map((line) => line.split(": ")[1])).toEqual(
      expect.arrayContaining(["GONE", "DECLARED"]),
    );
  });

  it("E37: has no way to go on without what is required, and neither has export", async () => {
    const { shell } = await openConnectedShell({ GONE: "hcv://secret/app/nothing#x" });
    for (const args of [
      ["run", "--allow-unresolved", ...node("console.log('started')")],
      ["export", "--allow-unresolved"],
    ]) {
      const ran = await shell(...args);
      expect([ran.code, ran.stdout]).toEqual([64, ""]);
    }
  });

  it("starts without a name that is not required, and says so", async () => {
    const { shell } = await openConnectedShell({ GONE: { reference: "hcv://secret/app/nothing#x", required: false } });
    const ran = await shell("run", ...node("console.log(process.env.GONE)"));
    expect([ran.code, ran.stdout]).toEqual([0, "undefined\n"]);
    expect(ran.stderr).toMatch(/GONE/);
  });

  it("refuses a name that changes what programs do, unless the user allows it; the project cannot", async () => {
    const { shell, vault } = await openConnectedShell({ NODE_OPTIONS: "hcv://secret/app/db#username" });
    const refused = await shell("run", ...node("console.log('started')"));
    expect([refused.code, refused.stdout]).toEqual([78, ""]);
    expect(vault.log.count()).toBe(0);
    await shell.writeUser({
      version: 1,
      connections: { hcv: { provider: "hashicorp", address: vault.url } },
      allowedNames: ["LD_PRELOAD"],
    });
    await shell.writeProject({ version: 1, links: { LD_PRELOAD: "hcv://secret/app/blank#password" } });
    expect((await shell("run", ...node("console.log('started')"))).stdout).toBe("started\n");
  });

  it("reads documents that names share once", async () => {
    const { shell, vault } = await openConnectedShell(LINKS);
    await shell("run", ...node(""));
    expect(vault.log.requests.filter(({ path }) => path.endsWith("/data/app/db"))).toHaveLength(1);
  });
});

describe.runIf(posix)("signals", () => {
  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("dies of the signal its child died of: %s", async (signal) => {
    const { shell } = await openConnectedShell();
    const ran = await shell("run", ...node(`process.kill(process.pid, "${signal}"); setInterval(() => {}, 1000)`));
    expect(ran).toMatchObject({ code: null, signal });
  });

  it("says by its status what would dump our memory", async () => {
    const { shell } = await openConnectedShell();
    // The child's own dump, where the machine makes any, is no file of ours.
    const ran = await shell("run", "--", "sh", "-c", "ulimit -c 0; kill -s ABRT $$");
    expect(ran).toMatchObject({ code: 128 + constants.signals.SIGABRT, signal: null });
  });

  it.each(["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"] as const)(
    "hands %s on, and ends as the child decides",
    async (signal) => {
      const { shell } = await openConnectedShell();
      const script = `process.on("${signal}", () => process.exit(42)); setInterval(() => {}, 1000); console.log("up")`;
      const ran = await shell.call(["run", ...node(script)], {
        running: (child) => child.stdout?.once("data", () => child.kill(signal)),
      });
      expect(ran).toMatchObject({ code: 42, signal: null, stdout: "up\n" });
      expect(ran.stderr).not.toMatch(/Debugger/);
    },
  );
});
