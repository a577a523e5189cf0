import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, copyFile, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { copyExamples, type Substitutions } from "./copy.ts";

const MAIN = fileURLToPath(new URL("../../../../apps/cli/src/main.ts", import.meta.url));

/**
 * The lines that an example printed.
 *
 * @throws Error with what it said on standard error if it failed.
 */
export function linesOf({ code, lines, stderr }: Ran): readonly string[] {
  if (code !== 0) throw new Error(`It ended with ${code}: ${stderr}`);
  return lines;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** What an example came to. */
export interface Ran {
  readonly code: number | null;
  /** The lines of standard output. */
  readonly lines: readonly string[];
  readonly stderr: string;
}

/**
 * Runs a program of the examples, or a driver (`../test/drivers/pg.ts`), with Node, as a reader would. `between` is what
 * happens after its first line; then a line on its standard input lets it go on.
 */
export async function runProgram(
  file: string,
  env: Variables,
  substitutions: Substitutions = {},
  between?: () => void,
): Promise<Ran> {
  const folder = await copyExamples(substitutions);
  const own = { PATH: process.env["PATH"], HOME: await temporaryFolder(), ...env };
  return start(process.execPath, ["--conditions=source", join(folder, file)], { cwd: folder, env: own, between });
}

/** A person's home and project, in which scripts of the examples run one after another. */
export interface Shell {
  run(file: string): Promise<Ran>;
  /** Runs the text of a script. */
  type(script: string): Promise<Ran>;
  /** Writes the project's file, with these links. */
  link(links: Readonly<Record<string, string>>): Promise<void>;
  /** Saves an example in the project, as a reader does. */
  save(file: string): Promise<void>;
  /** Puts a program of the test's own where scripts find it. */
  install(name: string, script: string): Promise<void>;
  /** A file of the project; `undefined` if there is none. */
  read(name: string): Promise<string | undefined>;
}

/** Opens a shell that has `vaultlink`, and these variables instead of those that the scripts export. */
export async function openShell(env: Variables, substitutions: Substitutions = {}): Promise<Shell> {
  const folder = await copyExamples(substitutions);
  const home = await temporaryFolder();
  const [bin, project] = [join(home, "bin"), join(home, "project")];
  await Promise.all([bin, project].map((path) => mkdir(path)));
  const install = async (name: string, script: string): Promise<void> => {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  };
  await install("vaultlink", `exec '${process.execPath}' --conditions=source '${MAIN}' "$@"`);
  const path = [bin, env["PATH"], process.env["PATH"]].filter((one) => one !== undefined).join(delimiter);
  const type = (script: string): Promise<Ran> => {
    const own = { HOME: home, XDG_CONFIG_HOME: join(home, "xdg"), ...env, PATH: path };
    return start("sh", ["-euc", script], { cwd: project, env: own });
  };
  return {
    type,
    install,
    save: (file) => copyFile(join(folder, file), join(project, basename(file))),
    link: (links) => writeFile(join(project, "vaultlink.json"), JSON.stringify({ version: 1, links })),
    // The page cannot show a token: the line that exports one stands for the variable that is set already.
    run: async (file) => type((await readFile(join(folder, file), "utf8")).replaceAll(/^export \w+=…\n/gm, "")),
    read: (name) => readFile(join(project, name), "utf8").catch(() => undefined),
  };
}

async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "vaultlink-site-")));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

interface StartOptions {
  readonly cwd: string;
  readonly env: Variables;
  readonly between?: (() => void) | undefined;
}

async function start(program: string, args: readonly string[], { cwd, env, between }: StartOptions): Promise<Ran> {
  const child = spawn(program, args, { cwd, env: { ...env }, stdio: ["pipe", "pipe", "pipe"] });
  const text = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (part: string) => (text.stdout += part));
  child.stderr.setEncoding("utf8").on("data", (part: string) => (text.stderr += part));
  if (between === undefined) child.stdin.end();
  else {
    child.stdin.on("error", () => {});
    child.stdout.once("data", () => {
      between();
      child.stdin.end("\n");
    });
  }
  const [code] = (await once(child, "close")) as [number | null];
  return { code, lines: text.stdout.split("\n").filter((line) => line !== ""), stderr: text.stderr };
}
