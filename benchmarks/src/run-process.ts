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
export async function run(
  command: readonly string[],
  env: Variables = process.env,
  { cwd, quiet = false }: { readonly cwd?: string | undefined; readonly quiet?: boolean } = {},
): Promise<Ran> {
  const [file = "", ...args] = command;
  const start = performance.now();
  const child = spawn(file, args, {
    env,
    stdio: ["ignore", "pipe", quiet ? "ignore" : "inherit"],
    ...(cwd !== undefined && { cwd }),
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => (stdout += piece));
  const [code] = (await once(child, "close")) as [number | null];
  const ms = performance.now() - start;
  if (code !== 0) throw new Error(`${file} ended with status ${code}.`);
  return { ms, mib: undefined, stdout };
}

/**
 * Python's standard library is the one thing at hand that asks the kernel for a child's largest size, and that gives a
 * child a terminal. What the child prints is not shown, unless it fails.
 */
const WITNESS = `
import json, os, pty, resource, subprocess, sys, time
place, argv = sys.argv[1], sys.argv[2:]
start = time.monotonic()
if place == "terminal":
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(argv[0], argv)
    said = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        said += piece
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
else:
    ended = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    code, said = ended.returncode, ended.stdout
ms = (time.monotonic() - start) * 1000
size = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
if code != 0:
    sys.stderr.buffer.write(said)
print(json.dumps({"code": code, "ms": ms, "kib": size}))
`;

export interface MeasureOptions {
  readonly cwd?: string | undefined;
  /** What the standard streams of the command are. @default "pipe" */
  readonly streams?: "pipe" | "terminal";
}

/** The same, with the memory it took. */
export async function runMeasured(
  command: readonly string[],
  env: Variables,
  { cwd, streams = "pipe" }: MeasureOptions = {},
): Promise<Ran> {
  const { stdout } = await run(["python3", "-c", WITNESS, streams, ...command], env, { cwd });
  const { code, ms, kib } = JSON.parse(stdout) as { code: number; ms: number; kib: number };
  if (code !== 0) throw new Error(`${command[0]} ended with status ${code}.`);
  return { ms, mib: kib / 1024, stdout: "" };
}

/** Whether a program can be started at all. */
export function exists(file: string, ...args: readonly string[]): boolean {
  return spawnSync(file, args, { stdio: "ignore" }).error === undefined;
}

/** What a program prints, or `undefined` where it cannot be started or fails. */
export function output(file: string, args: readonly string[], env: Variables = process.env): string | undefined {
  const { error, status, stdout } = spawnSync(file, args, {
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return error === undefined && status === 0 ? stdout.trim() : undefined;
}
