import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";
import type { Env } from "@vaultlink/core";
import { forwardSignals } from "./signals.ts";

/** A command to run: no shell sees it. */
export interface ChildCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Env;
}

/** How a child ended. */
export interface ChildEnd {
  /** Its exit status, or 128 and the signal's number. */
  readonly code: number;
  readonly signal?: NodeJS.Signals;
}

/** Runs a child on our own terminal and streams. Rejects with a system error if it does not start. */
export type StartChild = (command: ChildCommand) => Promise<ChildEnd>;

/** Starts a child for real. cross-spawn finds what Windows needs for `.cmd` files, without a shell of ours. */
export const startChild: StartChild = async ({ file, args, env }) => {
  const { default: spawn } = await import("cross-spawn");
  const child: ChildProcess = spawn(file, [...args], { env, stdio: "inherit", windowsHide: false });
  const stop = forwardSignals(child);
  try {
    return await new Promise<ChildEnd>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => resolve(endOf(code, signal)));
    });
  } finally {
    stop();
  }
};

function endOf(code: number | null, signal: NodeJS.Signals | null): ChildEnd {
  if (signal === null) return { code: code ?? 1 };
  return { code: 128 + constants.signals[signal], signal };
}
