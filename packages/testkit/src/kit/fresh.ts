import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { Readable } from "node:stream";
import { leaks } from "../canaries.ts";
import type { Fresh } from "../subject.ts";
import { FRESH_SCRIPT } from "./fresh-script.ts";

/** What a process of its own reports. */
export interface FreshReport {
  /** Those of the SDK's packages that were loaded. */
  readonly loaded: readonly string[];
  /** What importing the module and creating a provider did beyond this process, as sentences. */
  readonly touched: readonly string[];
  /** What it printed, to stdout and stderr. */
  readonly printed: string;
  /** Why the module could not be used: the step, and what Node calls the failure. */
  readonly error?: string;
}

interface ChildReport {
  readonly loaded: readonly string[];
  readonly touched: readonly string[];
  readonly error?: { readonly step: string; readonly name: string; readonly code: string; readonly text: string };
}

/** Imports the module in a new process and creates a provider there; with `"call"`, opens it and reads as well, `DEBUG=*`. */
export async function runFresh(
  { module, sdk, nodeOptions = [] }: Fresh,
  what: "create" | "call",
  canaries: readonly string[],
): Promise<FreshReport> {
  const own = ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", FRESH_SCRIPT];
  const child = spawn(
    process.execPath,
    [...nodeOptions, ...typesOptions(module), ...own, "--", module.href, what, ...sdk],
    {
      env: { DEBUG: "*", ...(process.platform === "win32" && { SystemRoot: process.env["SystemRoot"] }) },
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    },
  );
  const ended = once(child, "close") as Promise<[code: number | null, signal: string | null]>;
  const pipes = child.stdio.slice(1) as [Readable, Readable, Readable];
  const [out = "", err = "", said = ""] = await Promise.all(pipes.map((pipe) => text(pipe)));
  const [code, signal] = await ended;
  const printed = `${out}${err}`;
  if (!said) {
    const how = signal === null ? `with exit status ${code}` : `by ${signal}`;
    return { loaded: [], touched: [], printed, error: `the process ended ${how} before it had reported.` };
  }
  const { error, ...report } = JSON.parse(said) as ChildReport;
  return { ...report, printed, ...(error && { error: sentence(error, canaries) }) };
}

/** Node before 22.18 runs TypeScript only when told to. */
function typesOptions({ pathname }: URL): readonly string[] {
  const option = "--experimental-strip-types";
  return /\.[cm]?ts$/.test(pathname) && process.allowedNodeEnvironmentFlags.has(option) ? [option] : [];
}

function sentence(
  { step, name, code, text: said }: NonNullable<ChildReport["error"]>,
  canaries: readonly string[],
): string {
  const called = [name, code].filter((word) => word !== "").join(", ");
  const quoted = said !== "" && leaks(said, canaries).length === 0 ? `: ${said}` : "";
  return `${step} failed (${called})${quoted}`;
}
