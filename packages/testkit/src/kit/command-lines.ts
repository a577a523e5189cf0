import { ChildProcess } from "node:child_process";
import { type Scope, scope } from "./scope.ts";

const calls: Scope<string[]> = scope();

/** What Node calls with everything about a program that it starts, whichever function was asked. */
interface Spawning {
  spawn(this: ChildProcess, options: { readonly args?: readonly string[]; readonly file?: string }): unknown;
}

/** Runs a call, and collects the command lines of the programs that it starts. */
export async function commandLines(call: () => Promise<void>): Promise<readonly string[]> {
  const lines: string[] = [];
  const prototype = ChildProcess.prototype as unknown as Spawning;
  const { spawn } = prototype;
  prototype.spawn = function (options) {
    calls.current()?.push([options.file ?? "", ...(options.args ?? [])].join(" "));
    return spawn.call(this, options);
  };
  try {
    await calls.run(lines, call);
  } finally {
    prototype.spawn = spawn;
  }
  return lines;
}
