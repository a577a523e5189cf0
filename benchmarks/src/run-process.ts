import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

export interface Ran {
  /** Wall time from outside, in ms. */
  readonly ms: number;
  /** The largest resident size of one process, in MiB; `undefined` where it can't be asked. */
  readonly mib: number | undefined;
  readonly stdout: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Runs a command to its end. Throws when it fails: a failed run measures nothing. */
export async function run(command: readonly string[], env: Variables = process.env): Promise<Ran> {
  const [file = "", ...args] = command;
  const start = performance.now();
  const child = spawn(file, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => (stdout += piece));
  const [code] = (await once(child, "close")) as [number | null];
  const ms = performance.now() - start;
  if (code !== 0) throw new Error(`${file} ended with status ${code}.`);
  return { ms, mib: undefined, stdout };
}

/** Python's standard library is the one thing at hand that asks the kernel for a child's largest size. */
const WITNESS = [
  "import json, resource, subprocess, sys, time",
  "start = time.monotonic()",
  "code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)",
  "size = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss",
  "print(json.dumps({'code': code, 'ms': (time.monotonic() - start) * 1000, 'kib': size}))",
].join("\n");

/** The same, with the memory it took. */
export async function runMeasured(command: readonly string[], env: Variables): Promise<Ran> {
  const { stdout } = await run(["python3", "-c", WITNESS, ...command], env);
  const { code, ms, kib } = JSON.parse(stdout) as { code: number; ms: number; kib: number };
  if (code !== 0) throw new Error(`${command[0]} ended with status ${code}.`);
  return { ms, mib: kib / 1024, stdout: "" };
}

/** Whether a program can be started at all. */
export function exists(file: string, ...args: readonly string[]): boolean {
  return spawnSync(file, args, { stdio: "ignore" }).error === undefined;
}
