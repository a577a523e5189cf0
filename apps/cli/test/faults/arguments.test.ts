import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkName } from "../../src/env/names.ts";
import { flagsOf } from "../../src/options/flags.ts";
import { fieldsOf } from "../../src/options/fields.ts";
import { CliCommand } from "../../src/program/command.ts";
import { addFlags } from "../../src/program/flags.ts";
import { loadPlugin, PROVIDERS } from "../../src/providers.ts";
import { COMMAND_LINE } from "../command.ts";
import { openConnectedShell, openShell } from "../shell.ts";

describe("R9: names that programs take orders from", () => {
  it.each(
    (
      "GIT_EXTERNAL_DIFF GIT_PROXY_COMMAND GIT_SEQUENCE_EDITOR GIT_CONFIG_COUNT GIT_TEMPLATE_DIR MAKEFLAGS MAKEFILES " +
      "GNUMAKEFLAGS MFLAGS CC CFLAGS npm_config_script_shell NPM_CONFIG_NODE_OPTIONS NODE_REPL_EXTERNAL_MODULE " +
      "PYTHONBREAKPOINT PYTHONUSERBASE PIP_INDEX_URL RUBYSHELL BUNDLE_GEMFILE PERL5SHELL PERLLIB LD_AUDIT GCONV_PATH " +
      "DYLD_INSERT_LIBRARIES JAVA_OPTS MAVEN_OPTS GRADLE_OPTS VISUAL MANPAGER PSQL_EDITOR LESSOPEN SYSTEMD_PAGER " +
      "BASH_FUNC_x ZDOTDIR PS0 FPATH ALL_PROXY grpc_proxy SSLKEYLOGFILE CURL_HOME OPENSSL_CONF RSYNC_RSH SSH_ASKPASS " +
      "SUDO_ASKPASS KUBECONFIG AWS_CONFIG_FILE RUSTC_WRAPPER CARGO_BUILD_RUSTC GOFLAGS DOTNET_STARTUP_HOOKS " +
      "LUA_INIT R_PROFILE_USER PSQLRC GTK_MODULES PSModulePath XDG_CONFIG_HOME"
    ).split(" "),
  )("%s is refused", (name) => {
    expect(() => checkName(name, { platform: "linux", allowed: [] })).toThrow(/changes what programs do/);
  });

  it.each(
    "GIT_TOKEN NODE_AUTH_TOKEN CARGO_REGISTRY_TOKEN RUBYGEMS_API_KEY PGPASSWORD NPM_TOKEN AWS_SECRET_ACCESS_KEY".split(
      " ",
    ),
  )("%s is a credential like any other", (name) =>
    expect(() => checkName(name, { platform: "linux", allowed: [] })).not.toThrow(),
  );
});

describe("R18: what may be a pasted secret is not repeated", () => {
  const SECRET = "vlcanary-pasted";
  const URL = `postgres://u:${SECRET}@h/db`;
  it.each<[string, readonly string[]]>([
    ["get, as an address", ["get", URL]],
    ["get, as a word", ["get", "vlcanary_pasted"]],
    ["get, as JSON", ["get", URL, "--json"]],
    ["run --only", ["run", "--only", `A,${URL}`, "--", "true"]],
    ["run --only, as a word", ["run", "--only", "vlcanary_pasted", "--", "true"]],
    ["run, as the command", ["run", "--", "vlcanary_pasted"]],
    ["link, as the name", ["link", "vlcanary pasted", "hcv://x"]],
    ["link, as the reference", ["link", "A", URL]],
    ["link, as a word", ["link", "A", "vlcanary_pasted"]],
    ["relink, as the name", ["relink", "vlcanary_pasted", "hcv://x"]],
    ["relink, as the reference", ["relink", "DB", SECRET, "--dry-run"]],
    ["unlink", ["unlink", URL]],
    ["disconnect", ["disconnect", SECRET, "--yes"]],
    ["disconnect --link", ["disconnect", "--link", "vlcanary_pasted"]],
    ["reauth", ["reauth", SECRET]],
    ["connect, as the provider", ["connect", SECRET]],
    ["connect, as a choice", ["connect", "hashicorp", "--method", SECRET]],
    ["cache reset", ["cache", "reset", "vlcanary_pasted"]],
    ["cache ttl", ["cache", "ttl", SECRET]],
    ["completion", ["completion", SECRET]],
    ["an option", ["get", `--${SECRET}`]],
    ["an option with a value", ["status", `--${SECRET}=${SECRET}`]],
    ["a command", [SECRET]],
    ["too many arguments", ["trust", SECRET]],
    ["help", ["help", SECRET]],
  ])("%s", async (_what, args) => {
    const { shell } = await openConnectedShell({ DB: "hcv://secret/app/db#password" });
    const { code, stdout, stderr } = await shell.call(args, { reveals: true });
    expect(`${stdout}${stderr}`).not.toMatch(/vlcanary/);
    expect(code === 0).toBe(args[0] === "help");
  });
});

describe("M12: an empty selection selects nothing by mistake", () => {
  it.each<readonly string[]>([
    ["run", "--only", "", "--", "true"],
    ["run", "--only", ",", "--", "true"],
    ["run", "--only", "DB,,", "--", "true"],
    ["run", "--only", "", "--only", "DB", "--", "true"],
    ["link", "NEW", ""],
    ["relink", "DB", " "],
  ])("%s %s %j", async (...args) => {
    const { shell, vault } = await openConnectedShell({ DB: "hcv://secret/app/db#username" });
    const before = await shell.read(shell.projectFile);
    expect((await shell(...args)).code).toBe(64);
    expect([vault.log.count(), await shell.read(shell.projectFile)]).toEqual([0, before]);
  });
});

describe("M13: booleans", () => {
  it.each<[readonly string[], unknown]>([
    [["--lookup=false"], false],
    [["--no-lookup"], false],
    [["--no-lookup=true"], false],
    [["--lookup=true"], true],
    [["--lookup"], true],
    [["--no-lookup=false"], true],
    [[], undefined],
  ])("%j", async (args, expected) => {
    const command = new CliCommand("test").json();
    addFlags(command, flagsOf(fieldsOf(await loadPlugin(PROVIDERS, "hashicorp"))));
    expect(command.parse([...args], { from: "user" }).opts()["lookup"]).toBe(expected);
  });

  it("of the command's own, and none of a child's", async () => {
    const { shell } = await openConnectedShell({ DB: "hcv://secret/app/db#username" });
    expect((await shell("get", "DB", "--newline=false")).stdout).toBe("app");
    expect((await shell("get", "DB", "--json=false", "--no-newline=false")).stdout).toBe("app\n");
    const script = "console.log(process.argv[1])";
    expect((await shell("run", process.execPath, "-e", script, "--", "--json=false")).stdout).toBe("--json=false\n");
  });

  it("says what a boolean takes", async () => {
    const shell = await openShell();
    expect((await shell("status", "--check=maybe")).lines[0]).toBe(
      "vaultlink: --check takes no value, except true or false.",
    );
  });
});

describe.runIf(process.platform === "linux")("M11: bytes that are not UTF-8", () => {
  /** A shell hands over bytes that Node's own arguments cannot hold. */
  const inShell = (cwd: string, env: NodeJS.ProcessEnv, line: string): ReturnType<typeof spawnSync> =>
    spawnSync("sh", ["-c", line], { cwd, env: { ...env } });

  it("an argument is refused", async () => {
    const shell = await openShell();
    const ran = inShell(
      shell.project,
      { HOME: shell.home, PATH: process.env["PATH"] },
      `${COMMAND_LINE} run -- printf "$(printf 'a\\377')"`,
    );
    expect([ran.status, String(ran.stderr)]).toEqual([64, "vaultlink: An argument is not UTF-8 text.\n"]);
  });

  it("the character that stands for such bytes is text like any other", async () => {
    const shell = await openShell();
    const ran = await shell("run", "--", "printf", "%s", "\ufffd");
    expect([ran.code, ran.stdout]).toEqual([0, "\ufffd"]);
  });

  it("a variable that reaches the child changed is named", async () => {
    const shell = await openShell();
    const ran = inShell(
      shell.project,
      { HOME: shell.home, PATH: process.env["PATH"] },
      `X="$(printf 'a\\377')" ${COMMAND_LINE} run -- true`,
    );
    expect([ran.status, String(ran.stderr)]).toEqual([0, expect.stringContaining("the command gets it changed: X.")]);
  });

  it("a folder whose project would not be found starts nothing", async () => {
    const shell = await openShell();
    const folder = Buffer.concat([Buffer.from(`${shell.project}/`), Buffer.from([0xff])]);
    mkdirSync(folder);
    writeFileSync(Buffer.concat([folder, Buffer.from("/vaultlink.json")]), '{ "version": 1, "links": { "A": null } }');
    const ran = inShell(
      shell.project,
      { HOME: shell.home, PATH: process.env["PATH"] },
      `cd "$(printf '\\377')" && ${COMMAND_LINE} run -- echo started`,
    );
    expect([ran.status, String(ran.stdout), String(ran.stderr).split("\n")[0]]).toEqual([
      78,
      "",
      "vaultlink: The path of the working directory is not UTF-8 text.",
    ]);
    rmSync(folder, { recursive: true });
  });

  it("a credential from standard input is refused before it is sent", async () => {
    const { shell, vault } = await openConnectedShell();
    const ran = inShell(
      shell.project,
      { HOME: shell.home, PATH: process.env["PATH"] },
      `printf '\\377' | ${COMMAND_LINE} connect hashicorp hcv --address ${vault.url} --token-stdin`,
    );
    expect([ran.status, vault.log.count()]).toEqual([64, 0]);
  });
});
