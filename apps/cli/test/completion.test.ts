import { spawnSync } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMAND_LINE } from "./command.ts";
import { openShell, type Shell } from "./shell.ts";

const isThere = (program: string): boolean => spawnSync(program, ["-c", "true"]).status === 0;

/** A shell of a user with links and connections, whose PATH has the command. No vault is anywhere. */
async function withCommand(): Promise<Shell> {
  const shell = await openShell();
  const connections = {
    hcv: { provider: "hashicorp", address: "http://127.0.0.1:9" },
    aws: { provider: "aws", region: "eu-west-1" },
  };
  await shell.writeUser({ version: 1, connections });
  await shell.writeProject({ version: 1, links: { DB_PASSWORD: "hcv://a#b", DB_USER: "hcv://a#c" } });
  const command = join(shell.home, "vaultlink");
  await writeFile(command, `#!/bin/sh\nexec ${COMMAND_LINE} "$@"\n`);
  await chmod(command, 0o755);
  return shell;
}

/** How a real shell runs a script in the project, with the command's completion loaded before. */
async function run(shell: Shell, program: readonly [string, ...string[]], script: string): Promise<readonly string[]> {
  const [file, ...args] = program;
  const { stdout: completion } = await shell("completion", file);
  const env = {
    PATH: `${shell.home}:${process.env["PATH"] ?? ""}`,
    HOME: shell.home,
    XDG_CONFIG_HOME: join(shell.home, "xdg"),
  };
  const ran = spawnSync(file, [...args, "-c", `${completion}\n${script}`], {
    cwd: shell.project,
    encoding: "utf8",
    env,
  });
  expect([ran.status, ran.stderr]).toEqual([0, ""]);
  return ran.stdout.split("\n").filter((line) => line !== "");
}

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(" ");

interface Driver {
  readonly name: string;
  /** What the shell offers for a command line, whose last word is being typed. */
  readonly offer: (shell: Shell, words: readonly string[]) => Promise<readonly string[]>;
}

const DRIVERS: readonly Driver[] = [
  {
    name: "bash",
    offer: (shell, words) =>
      run(
        shell,
        ["bash", "--norc"],
        `COMP_WORDS=(vaultlink ${quoted(words)}); COMP_CWORD=${words.length}; _vaultlink; printf '%s\\n' "\${COMPREPLY[@]}"`,
      ),
  },
  {
    name: "zsh",
    offer: (shell, words) => {
      // Outside the line editor these two have nothing to add to.
      const stub = 'compadd() { print -l -- "${(@)found}"; }; _files() { print FILES; }';
      const set = `words=(vaultlink ${quoted(words)}); CURRENT=${words.length + 1}`;
      return run(shell, ["zsh", "-f"], `${stub}\n${set}\n_vaultlink\n[[ "$PATH" == /* ]] || exit 9`);
    },
  },
  {
    name: "fish",
    offer: async (shell, words) => {
      const line = ["vaultlink", ...words.slice(0, -1).map((word) => `'${word}'`), words.at(-1)].join(" ");
      const found = await run(shell, ["fish", "--no-config"], `complete -C ${JSON.stringify(line)}`);
      return found.map((one) => one.split("\t")[0] ?? "");
    },
  },
];

describe.each(DRIVERS)("N17: completion in $name", ({ name, offer }) => {
  it.skipIf(!isThere(name))(
    "offers commands, options, providers, methods, connections and names (skipped where the shell is not installed)",
    async () => {
      const shell = await withCommand();
      expect(await offer(shell, [""])).toEqual(expect.arrayContaining(["get", "run", "connect", "doctor"]));
      expect(await offer(shell, ["cache", "re"])).toEqual(["reset"]);
      expect(await offer(shell, ["get", "--re"])).toEqual(["--refresh"]);
      expect(await offer(shell, ["connect", ""])).toEqual(["1password", "aws", "azure", "hashicorp"]);
      expect(await offer(shell, ["connect", "hashicorp", "--me"])).toEqual(["--method"]);
      expect(await offer(shell, ["connect", "hashicorp", "--method", "user"])).toEqual(["userpass"]);
      expect(await offer(shell, ["disconnect", ""])).toEqual(expect.arrayContaining(["aws", "hcv"]));
      expect(await offer(shell, ["get", "DB_"])).toEqual(["DB_PASSWORD", "DB_USER"]);
      expect(await offer(shell, ["run", "--only", "DB_USER,DB"])).toEqual(["DB_USER,DB_PASSWORD"]);
      expect(await offer(shell, ["reauth", "hcv", "--token"])).toEqual(["--token-stdin"]);
    },
    120_000,
  );
});

describe.skipIf(!isThere("zsh"))("M5: completion in zsh (skipped where it is not installed)", () => {
  it("registers itself with a completion system that is not set up yet", async () => {
    const line = "autoload -Uz compinit && compinit -u -D; print ${_comps[vaultlink]}";
    expect(await run(await openShell(), ["zsh", "-f"], line)).toEqual(["_vaultlink"]);
  });

  it("offers files where the command knows no better", async () => {
    const [, zsh] = DRIVERS;
    expect(await zsh?.offer(await withCommand(), ["inject", "-i", ""])).toEqual(["FILES"]);
  });
});

it("says nothing, and ends well, where nothing can be read", async () => {
  const shell = await openShell();
  await shell.writeUser("{");
  expect(await shell("__complete", "get", "")).toMatchObject({ code: 0, stdout: "", stderr: "" });
  expect(await shell("__complete")).toMatchObject({ code: 0, stderr: "" });
});
