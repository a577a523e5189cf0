import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Terminal } from "@vaultlink/test-support/terminal";
import { onTestFinished } from "vitest";
import { FLAGS, MAIN } from "../command.ts";
import type { Shell } from "../shell.ts";
import { temporaryFolder } from "../temporary.ts";

/** A program and its arguments. */
export type Command = readonly [file: string, ...args: string[]];

export interface WindowOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** @default "off" */
  readonly agent?: "on" | "off";
  /** What runs the command, e.g. a shell. @default nothing does */
  readonly within?: (command: Command) => Command;
  /** @default 100 */
  readonly columns?: number;
  /** @default 30 */
  readonly rows?: number;
}

/** The command at a terminal of its own, which is closed with the test. */
export async function openWindow(
  shell: Pick<Shell, "home" | "project">,
  { args = ["ui"], env = {}, agent = "off", within = (command) => command, ...size }: WindowOptions = {},
): Promise<Terminal> {
  const runtime = join(await temporaryFolder(), "run");
  await mkdir(runtime, { mode: 0o700 });
  const terminal = new Terminal({
    ...size,
    command: within([process.execPath, ...FLAGS, MAIN, ...args]),
    cwd: shell.project,
    env: {
      ...{ PATH: process.env["PATH"], HOME: shell.home, XDG_CONFIG_HOME: join(shell.home, "xdg") },
      ...{ XDG_RUNTIME_DIR: runtime, VAULTLINK_AGENT: agent, ...env },
    },
  });
  onTestFinished(() => terminal.stop());
  return terminal;
}
