import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../apps/cli/src/main.ts", import.meta.url));

export interface ShellOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a command said, and how it ended. */
export interface Said {
  readonly lines: readonly string[];
  readonly status: number | null;
}

/** Runs `vaultlink` as a shell does. Both outputs are one text, in the order in which a terminal shows them. */
export async function run(args: readonly string[], { cwd, env }: ShellOptions): Promise<Said> {
  const command = [process.execPath, "--conditions=source", CLI, ...args].map(quote).join(" ");
  const child = spawn("/bin/sh", ["-c", `exec ${command} 2>&1`], { cwd, env, stdio: ["ignore", "pipe", "inherit"] });
  const [said, [status]] = await Promise.all([
    text(child.stdout),
    once(child, "close") as Promise<[number | null, string | null]>,
  ]);
  return { lines: said.trimEnd().split("\n"), status };
}

/** An argument as it is typed. */
export function quote(argument: string): string {
  return /^[\w@%+=:,./#-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
