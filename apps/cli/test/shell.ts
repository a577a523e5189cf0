import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startVault, type VaultStandIn } from "@vaultlink/stand-ins";
import { onTestFinished } from "vitest";
import { FLAGS, MAIN } from "./command.ts";
import { outputFault } from "./output-schema.ts";
import { type OnEnd, temporaryFolder } from "./temporary.ts";

const CANARY = "vlcanary-";

/** What a command came to. */
export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The lines of standard error. */
  readonly lines: readonly string[];
}

export interface CallOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Options of Node itself. */
  readonly flags?: readonly string[];
  /** The one place where a value may appear: the standard output of this call. */
  readonly reveals?: boolean;
  /** Whether the stack of somebody else's error may appear. */
  readonly traces?: boolean;
  /** Called with the running command. */
  readonly running?: (child: ChildProcess) => void;
}

/** A person's home, a project in it, and the command. */
export interface Shell {
  readonly home: string;
  readonly project: string;
  readonly userFile: string;
  readonly projectFile: string;
  (...args: readonly string[]): Promise<Ran>;
  call(args: readonly string[], options?: CallOptions): Promise<Ran>;
  /** Text of a file, or `undefined`. */
  read(file: string): Promise<string | undefined>;
  writeProject(content: unknown): Promise<void>;
  writeUser(content: unknown): Promise<void>;
}

/** A shell in folders of its own. Each call fails the test if a fake secret shows where none may. */
export async function openShell(
  env: Readonly<Record<string, string>> = {},
  onEnd: OnEnd = onTestFinished,
): Promise<Shell> {
  const home = await temporaryFolder(onEnd);
  const project = join(home, "project");
  await mkdir(join(home, "xdg", "vaultlink"), { recursive: true });
  await mkdir(project);
  const userFile = join(home, "xdg", "vaultlink", "config.json");
  const projectFile = join(project, "vaultlink.json");
  const base = { PATH: process.env["PATH"], HOME: home, XDG_CONFIG_HOME: join(home, "xdg"), ...env };
  const call = async (args: readonly string[], options: CallOptions = {}): Promise<Ran> => {
    const ran = await start(args, { ...options, cwd: options.cwd ?? project, env: { ...base, ...options.env } });
    if (ran.stderr.includes(CANARY)) throw new Error("A secret reached standard error.");
    if (!options.reveals && ran.stdout.includes(CANARY)) throw new Error("A secret reached standard output.");
    const fault = outputFault(args, ran.stdout);
    if (fault !== undefined) throw new Error(`The output is not what its schema says. ${fault}`);
    if (!options.traces && /\n\s+at .+:\d+/.test(ran.stderr)) throw new Error("A stack reached standard error.");
    return ran;
  };
  onEnd(() => expectNoSecret(home));
  return Object.assign((...args: readonly string[]) => call(args), {
    ...{ home, project, userFile, projectFile, call },
    read: (file: string) => readFile(file, "utf8").catch(() => undefined),
    writeProject: (content: unknown) => writeFile(projectFile, textOf(content)),
    writeUser: (content: unknown) => writeFile(userFile, textOf(content), { mode: 0o600 }),
  });
}

/** A shell whose user is signed in to a vault of the test's own by `VAULT_TOKEN`. */
export async function openConnectedShell(
  links: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly shell: Shell; readonly vault: VaultStandIn }> {
  const vault = await startVault();
  onTestFinished(() => vault.stop());
  const shell = await openShell({ VAULT_TOKEN: vault.credentials["app"]?.token ?? "" });
  await shell.writeUser({ version: 1, connections: { hcv: { provider: "hashicorp", address: vault.url } } });
  await shell.writeProject({ version: 1, links });
  return { shell, vault };
}

const textOf = (content: unknown): string => (typeof content === "string" ? content : JSON.stringify(content));

function start(args: readonly string[], options: CallOptions): Promise<Ran> {
  const child = spawn(process.execPath, [...FLAGS, ...(options.flags ?? []), MAIN, ...args], {
    cwd: options.cwd,
    env: { ...options.env },
  });
  const chunks = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (chunks.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (chunks.stderr += text));
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  options.running?.(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      const lines = chunks.stderr.split("\n").filter((line) => line !== "");
      resolve({ code, signal, ...chunks, lines });
    });
  });
}

/** No file that the commands left behind holds a value or a credential. */
async function expectNoSecret(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const text = await readFile(join(entry.parentPath, entry.name), "latin1");
    if (text.includes(CANARY)) throw new Error("A secret reached a file.");
  }
}
