import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/** What a run of the model says. */
export interface Report {
  readonly seed: number;
  readonly runs: number;
  readonly commands: number;
  readonly failed: boolean;
  /** Histories lived until the first that broke an invariant. */
  readonly tried: number;
  readonly cpuSeconds: number;
  readonly violations?: readonly string[];
  readonly setting?: unknown;
  readonly history?: readonly unknown[];
}

/** Lives histories in a process of its own: many at a time, as another user, and one that never ends is ended. */
export async function liveInProcess(about: {
  /** The folder of the copy under test. @default this repository */
  readonly root?: string;
  readonly seed: number;
  readonly commands?: number;
  readonly runs?: number;
  readonly shorten?: boolean;
}): Promise<Report> {
  const given = Object.entries(about).map(([name, value]) => `--${name}=${String(value)}`);
  const script = join(import.meta.dirname, "run.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=source", script, ...given], {
    timeout: 580_000,
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(stdout) as Report;
}
