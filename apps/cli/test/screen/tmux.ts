import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "../temporary.ts";
import type { Command } from "./window.ts";

/** A tmux that runs a command, and keeps what the command sends. */
export interface Tmux {
  /** The command, within a tmux server of its own. */
  readonly within: (command: Command) => Command;
  /** Everything that the command has sent to tmux, byte by byte, once it has ended. */
  readonly sent: () => Promise<string>;
}

/** Begins at a key, when all that is sent is kept, and tells how the command ended. */
const SCRIPT = 'printf "Begin: "; read -r _; "$@"; echo "ended $?"; read -r _';

/** A server that ends with the command, or else with the test. */
export async function openTmux(bin: string): Promise<Tmux> {
  const folder = await temporaryFolder();
  const [socket, output] = [join(folder, "tmux"), join(folder, "output")];
  const call = (...args: readonly string[]): Promise<unknown> => promisify(execFile)(bin, ["-S", socket, ...args]);
  onTestFinished(() => call("kill-server").then(undefined, () => undefined));
  const settings = [
    ["set", "-g", "status", "off"],
    ["set", "-s", "escape-time", "0"],
    ["set", "-s", "set-clipboard", "on"],
  ];
  return {
    within: ([file, ...args]) => [
      ...([bin, "-S", socket, "-f", "/dev/null", "-u", "start-server"] as const),
      ...settings.flatMap((setting) => [";", ...setting]),
      ...[";", "new-session", "--", "sh", "-c", SCRIPT, "sh", file, ...args],
      ...[";", "pipe-pane", `cat > '${output}'`],
    ],
    sent: () => readFile(output, "utf8"),
  };
}
