import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

/** What a run of the model says. */
export interface Report {
  readonly commands: number;
  readonly failed: boolean;
  /** Histories lived until the first that broke a rule. */
  readonly tried: number;
  readonly violations?: readonly string[];
}

/** The agent's own operations, as Node loads them. */
export const OPERATIONS: string = pathToFileURL(join(import.meta.dirname, "../../src/operations/operations.ts")).href;

/** Lives histories in a process of its own: one that never ends is ended. */
export async function liveInProcess(
  operations: string,
  about: Readonly<Record<string, string | number | boolean>>,
): Promise<Report> {
  const given = Object.entries({ operations, ...about }).map(([name, value]) => `--${name}=${value}`);
  const program = ["--conditions=source", join(import.meta.dirname, "run.ts"), ...given];
  const { stdout } = await promisify(execFile)(process.execPath, program, { timeout: 280_000, maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as Report;
}
