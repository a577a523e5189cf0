import type { ChildProcess, spawn as spawnChild, StdioOptions } from "node:child_process";
import type { Env } from "@vaultlink/core";
import { statusOf } from "../interrupts.ts";
import type { Descriptors } from "./descriptors.ts";
import type { MaskedOutput, OutputMask } from "./masked-output.ts";
import { forwardSignals } from "./signals.ts";

/** A command to run: no shell sees it. */
export interface ChildCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Env;
  /** Descriptors to hand on besides the standard streams. */
  readonly inherited?: Descriptors;
  /** What of its output is masked on the way to ours; the rest is ours itself. */
  readonly mask?: OutputMask;
  /** Told how to send the child a signal, once it was started. */
  readonly started?: (kill: (signal: NodeJS.Signals) => void) => void;
}

/** How a child ended. */
export interface ChildEnd {
  /** Its exit status, or 128 and the signal's number. */
  readonly code: number;
  readonly signal?: NodeJS.Signals;
}

/**
 * Runs a child on our own terminal and streams. Rejects with a system error if it does not start, and with `output` if what it
 * wrote could not be handed on.
 */
export type StartChild = (command: ChildCommand) => Promise<ChildEnd>;

/** Starts a child for real. */
export const startChild: StartChild = async ({ file, args, env, inherited = [], mask, started }) => {
  const spawn = await loadSpawn();
  const forwarding = forwardSignals();
  const masked = mask && (await (await import("./masked-output.ts")).openMaskedOutput(mask));
  try {
    const child: ChildProcess = spawn(file, [...args], { env, stdio: streams(inherited, masked), windowsHide: false });
    forwarding.to(child);
    started?.((signal) => void child.kill(signal));
    masked?.start(child);
    const end = await ended(child);
    await masked?.finished();
    return end;
  } finally {
    forwarding.stop();
    masked?.close();
  }
};

/** cross-spawn finds what Windows needs for `.cmd` files, without a shell of ours. Elsewhere it adds nothing to Node. */
async function loadSpawn(): Promise<typeof spawnChild> {
  if (process.platform !== "win32") return process.getBuiltinModule("node:child_process").spawn;
  return (await import("cross-spawn")).default as typeof spawnChild;
}

function ended(child: ChildProcess): Promise<ChildEnd> {
  return new Promise((resolve, reject) => {
    let started = child.pid !== undefined;
    child.once("spawn", () => (started = true));
    // Once it runs, an error is that of a signal which could not be sent, as to a child of another user: it runs on.
    child.on("error", (error) => {
      if (!started) reject(error);
    });
    child.once("exit", (code, signal) => resolve(endOf(code, signal)));
  });
}

/** Each descriptor keeps its number; those between are not opened. */
function streams(inherited: Descriptors, masked: MaskedOutput | undefined): StdioOptions {
  const stdio: (number | "pipe" | "ignore")[] = Array.from({ length: Math.max(2, ...inherited) + 1 }, () => "ignore");
  for (const number of [0, 1, 2, ...inherited]) stdio[number] = number;
  for (const number of [1, 2] as const) stdio[number] = masked?.stdio(number) ?? number;
  return stdio;
}

function endOf(code: number | null, signal: NodeJS.Signals | null): ChildEnd {
  if (signal === null) return { code: code ?? 1 };
  return { code: statusOf(signal), signal };
}
