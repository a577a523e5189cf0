import { type ChildProcess, spawn } from "node:child_process";
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

/*
 * Runs a program until its own end, or until standard input ends: which it does with us, however we end. A runner that
 * gives up kills its processes, and no handler of theirs would run.
 */
const GUARD = [
  "exec 3<&0",
  '"$@" 3<&- </dev/null & server=$!',
  "{ cat <&3 >/dev/null; kill -9 $server; } 2>/dev/null & guard=$!",
  "wait $server; status=$?",
  "kill $guard 2>/dev/null",
  "exit $status",
].join("\n");

/** Starts a program that does not outlive this process. Nothing of our environment reaches it but `PATH` and `env`. */
export async function startChild(
  bin: string,
  args: readonly string[],
  about: { readonly stderr: "ignore" | "pipe"; readonly env?: Readonly<Record<string, string>> },
): Promise<Child> {
  const home = await mkdtemp(join(tmpdir(), "real-server-"));
  const env = { ...about.env, PATH: process.env["PATH"], HOME: home };
  const child = spawn("/bin/sh", ["-c", GUARD, "sh", bin, ...args], { env, stdio: ["pipe", "ignore", about.stderr] });
  // The server may be gone already.
  child.stdin?.on("error", () => {});
  return {
    process: child,
    stop: async () => {
      await end(child);
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  // Also after the server's own end: its guard still waits for it.
  child.stdin?.end();
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  await once(child, "exit");
}
