import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A server's process, with a home of its own. */
export interface Child {
  readonly process: ChildProcess;
  /** Ends it, and removes its home. */
  stop(): Promise<void>;
}

/** Starts a program that ends with this process at the latest. Nothing of our environment reaches it but `PATH` and `env`. */
export async function startChild(
  bin: string,
  args: readonly string[],
  about: { readonly stdio: StdioOptions; readonly env?: Readonly<Record<string, string>> },
): Promise<Child> {
  const home = await mkdtemp(join(tmpdir(), "real-server-"));
  const env = { ...about.env, PATH: process.env["PATH"], HOME: home };
  const child = spawn(bin, [...args], { env, stdio: about.stdio });
  const killNow = (): void => void child.kill("SIGKILL");
  process.once("exit", killNow);
  return {
    process: child,
    stop: async () => {
      process.off("exit", killNow);
      await end(child);
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
