import { execFile } from "node:child_process";

/** How a program is started whose instructions are counted. */
export interface Counted {
  readonly node: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Valgrind's counter, without the caches it could imitate: https://valgrind.org/docs/manual/cg-manual.html */
const CACHEGRIND = ["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"];

/**
 * One thread, no compiler that depends on time, no chance: the same program takes the same instructions, to some in a
 * million. The young generation is large enough that no collection falls among what is counted.
 */
const DETERMINISTIC = [
  ...["--jitless", "--single-threaded", "--predictable", "--hash-seed=1", "--random-seed=1"],
  "--min-semi-space-size=64",
];

/**
 * The instructions that a program takes in its own process, from its start to its end.
 *
 * @throws Error if it fails, with what it printed.
 */
export function countInstructions(valgrind: string, { node, args, cwd, env }: Counted): Promise<number> {
  const command = [...CACHEGRIND, node, ...DETERMINISTIC, ...args];
  return new Promise((resolve, reject) => {
    execFile(valgrind, command, { cwd, env, timeout: 120_000 }, (error, stdout, stderr) => {
      const count = instructionsIn(stderr);
      if (error === null && count !== undefined) resolve(count);
      else reject(new Error(`Not counted: ${args.join(" ")}: ${error?.message ?? "no count"}\n${stdout}${stderr}`));
    });
  });
}

/** The count in what Cachegrind prints at the end. */
export function instructionsIn(printed: string): number | undefined {
  const found = /^==\d+== I +refs: +([\d,]+)$/m.exec(printed)?.[1];
  return found === undefined ? undefined : Number(found.replaceAll(",", ""));
}
