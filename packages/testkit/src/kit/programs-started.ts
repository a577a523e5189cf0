import childProcess, { ChildProcess } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import { type Scope, scope } from "./scope.ts";

/** A program that was started. */
export interface Started {
  /** The program and its arguments. */
  readonly line: string;
  /** Whether what it prints goes where this process prints. */
  readonly prints: boolean;
}

const calls: Scope<Started[]> = scope();

interface Spawning {
  readonly args?: readonly string[];
  readonly file?: string;
  readonly stdio?: unknown;
}

type Call = (this: unknown, ...given: unknown[]) => unknown;

/** Those that wait for the program, and do not go by `ChildProcess`. */
const SYNCHRONOUS = ["spawnSync", "execFileSync", "execSync"] as const;

/** Runs a call, and collects the programs that it starts, whichever function of Node it asks. */
export async function programsStarted(call: () => Promise<void>): Promise<readonly Started[]> {
  const started: Started[] = [];
  const restore = [watchSpawn(), ...SYNCHRONOUS.map(watchSync)];
  syncBuiltinESMExports();
  try {
    await calls.run(started, call);
  } finally {
    for (const back of restore) back();
    syncBuiltinESMExports();
  }
  return started;
}

/** What Node calls with everything about a program that it starts. */
function watchSpawn(): () => void {
  const prototype = ChildProcess.prototype as unknown as { spawn(this: ChildProcess, options: Spawning): unknown };
  const { spawn } = prototype;
  prototype.spawn = function (options) {
    const { file = "", args = [], stdio } = options;
    calls.current()?.push({ line: [file, ...args].join(" "), prints: isInherited(stdio) });
    return spawn.call(this, options);
  };
  return () => void (prototype.spawn = spawn);
}

function watchSync(name: (typeof SYNCHRONOUS)[number]): () => void {
  const held = childProcess as unknown as Record<string, Call>;
  const real = held[name];
  if (real === undefined) return () => undefined;
  held[name] = Object.assign(function (this: unknown, ...given: unknown[]) {
    const words = given.flatMap((part) => (typeof part === "string" || Array.isArray(part) ? (part as string[]) : []));
    const options = given.find((part) => typeof part === "object" && part !== null && !Array.isArray(part));
    calls.current()?.push({ line: words.join(" "), prints: isInherited((options as Spawning | undefined)?.stdio) });
    return Reflect.apply(real, this, given);
  }, real);
  return () => void (held[name] = real);
}

/** Whether standard output or standard error is this process's own. https://nodejs.org/api/child_process.html#optionsstdio */
function isInherited(stdio: unknown): boolean {
  if (!Array.isArray(stdio)) return stdio === "inherit";
  return [1, 2].some((at) => ["inherit", at, process.stdout, process.stderr].includes(stdio[at] as never));
}
