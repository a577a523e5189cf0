import { ChildProcess } from "node:child_process";
import { type Scope, scope } from "./scope.ts";
import { turns } from "./bounded.ts";

interface Spawning {
  spawn(this: ChildProcess, options: object): unknown;
}

const calls: Scope<Set<ChildProcess>> = scope();

/** Runs a call, and collects the programs that it starts, those that nobody waits for included. */
export async function programsOf(call: () => Promise<void>): Promise<ReadonlySet<ChildProcess>> {
  const started = new Set<ChildProcess>();
  const prototype = ChildProcess.prototype as unknown as Spawning;
  const { spawn } = prototype;
  prototype.spawn = function (options) {
    calls.current()?.add(this);
    return spawn.call(this, options);
  };
  try {
    await calls.run(started, call);
  } finally {
    prototype.spawn = spawn;
  }
  return started;
}

/** Those that still run, once they had `ms` to end: a bound for a busy machine. */
export async function stillRunning(programs: ReadonlySet<ChildProcess>, ms = 5000): Promise<readonly ChildProcess[]> {
  const until = performance.now() + ms;
  const alive = (): ChildProcess[] =>
    [...programs].filter(
      ({ exitCode, signalCode, pid }) => pid !== undefined && exitCode === null && signalCode === null,
    );
  while (alive().length > 0 && performance.now() < until) await turns(1);
  return alive();
}
